import { numberEvidence } from '../../lambda/reading/number-format.ts';
import { saysMissing } from '../../lambda/reading/number-text.ts';
import { looksLikeTime } from './time-texts.ts';

/** What a cell looks like, whatever its column. */
export type CellKind = 'missing' | 'number' | 'time' | 'text';

const plain = /^-?\d+(\.\d+)?$/;

export function kindOfCell(text: string): CellKind {
  if (plain.test(text)) return 'number';
  if (saysMissing(text)) return 'missing';
  if (looksLikeTime(text)) return 'time';
  const evidence = numberEvidence(text);
  return evidence === 'no-number' ? 'text' : 'number';
}
