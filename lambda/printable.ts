import { processingLimits } from './processing-limits.ts';

/**
 * Text from outside, such as a seriesId, made safe to show.
 *
 * Control and format characters (line breaks, writing-direction marks) and noncharacters become spaces. Long text is cut.
 */
export function printable(text: string): string {
  return [...withoutControls(text)].slice(0, processingLimits.shownSeriesIdCharacters).join('');
}

/** The same of a line of any length. */
export function withoutControls(line: string): string {
  return line.replaceAll(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\ufffe\uffff]/gu, ' ');
}
