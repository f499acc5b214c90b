import { processingLimits } from './processing-limits.ts';

/**
 * A text of anybody's, such as a seriesId, as people may see it.
 *
 * Control and format characters (line breaks, writing-direction marks) and noncharacters give way to a space, and a long
 * text is cut.
 */
export function printable(text: string): string {
  const visible = text.replaceAll(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\ufffe\uffff]/gu, ' ');
  return [...visible].slice(0, processingLimits.shownSeriesIdCharacters).join('');
}
