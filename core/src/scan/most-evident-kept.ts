import { at } from '../float-list.ts';
import { countAt } from '../search.ts';
import type { SeasonalSplits } from '../seasons/seasonal-splits.ts';
import type { KeptSplits } from './kept-splits.ts';

/**
 * The first kept split with the largest evidence in standard deviations, √(t·(T−t)) without a season, with a minimum length on both
 * sides; 0 if none has evidence.
 */
export function mostEvidentKept(
  { starts, rise, fall, blocks, length, variances }: KeptSplits | SeasonalSplits,
  minimumLength: number,
): number {
  let most = 0;
  let split = 0;
  for (let block = 0; block < blocks - 1; block++) {
    const t = countAt(starts, block + 1);
    const later = length - t;
    if (later < minimumLength) break;
    if (t < minimumLength) continue;
    const evidence = Math.max(at(rise, block), -at(fall, block));
    if (evidence <= 0) continue;
    const square = (evidence * evidence) / (variances === undefined ? t * later : at(variances, block));
    if (square > most) {
      most = square;
      split = t;
    }
  }
  return split;
}
