import { processingLimits } from './processing-limits.ts';

/**
 * Text from outside, such as a seriesId, made safe to show.
 *
 * Control and format characters (line breaks, writing-direction marks) and noncharacters become spaces. Long text is cut.
 */
export function printable(text: string): string {
  const visible = text.replaceAll(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\ufffe\uffff]/gu, ' ');
  return [...visible].slice(0, processingLimits.shownSeriesIdCharacters).join('');
}
