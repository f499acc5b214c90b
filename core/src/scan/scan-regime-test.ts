import type { Direction } from '../change-point.ts';
import { at, FloatList } from '../float-list.ts';
import { mostEvidentSplit } from '../maximum.ts';
import type { ResolvedOptions } from '../options.ts';
import type { Alarm, RegimeResult, RegimeStart, RegimeTest } from '../regime-test.ts';
import { allSplits } from '../sorted-regime.ts';
import { CriticalScores } from './critical-scores.ts';
import { KeptSplits } from './kept-splits.ts';
import { normalScore } from './normal-score.ts';
import type { ScanScore } from './scan-score.ts';
import { pointsBetween, scanThreshold } from './scan-threshold.ts';
import { countAt } from './search.ts';
import { TiedSplits } from './tied-splits.ts';
import { Ties, tiesOf } from './ties.ts';

/** What a scan looks for. */
export type ScanOptions = Pick<ResolvedOptions, 'practicalThreshold' | 'falseAlarmEvery' | 'minimumLength'>;

/** With a factor of ties below this the score of uniforms is wrong. */
const leastUntied = 0.985;

/**
 * The scan of a growing regime: the largest score of its kept splits.
 *
 * z = U / √(t·(T−t)·(T+1)/3 · c) of each kept split with `minimumLength` points on both sides, where c corrects for ties. Its
 * normal score makes one threshold right for every length. Where ties are strong, the score is that of the tied sum itself.
 * With a practical threshold U⁺ or −U⁻ stands for U. Neither is ever above U, so false alarms are rarer than stated.
 * Source: Hawkins & Deng (2010); Ross, Tasoulis & Adams (2011). Cost: about a microsecond a point; 40 bytes a point at most.
 */
export class ScanRegimeTest implements RegimeTest {
  readonly #options: ScanOptions;
  readonly #values = new FloatList();
  readonly #splits: KeptSplits;
  #ties = new Ties();
  readonly #threshold: number;
  readonly #critical: CriticalScores;
  readonly #tied: TiedSplits;

  constructor(options: ScanOptions, begun: RegimeStart = { values: [] }) {
    this.#options = options;
    this.#splits = new KeptSplits(options.practicalThreshold);
    this.#threshold = scanThreshold(options.falseAlarmEvery, options.minimumLength);
    this.#critical = new CriticalScores(this.#threshold);
    this.#tied = new TiedSplits(options);
    const regime = Float64Array.from(begun.values);
    if (regime.length > 0) this.#take(regime);
  }

  get length(): number {
    return this.#values.length;
  }

  get values(): Float64Array {
    return this.#values.view();
  }

  push(value: number): void {
    this.#values.push(value);
    this.#splits.push(value);
    this.#ties.add(this.#splits.equal);
  }

  alarm(): Alarm | undefined {
    const found = this.#largest(false);
    if (found === undefined) return undefined;
    const { statistic, needed, pValue, direction } = found;
    return statistic > needed ? { statistic, pValue, direction } : undefined;
  }

  evidence(): RegimeResult {
    return this.#largest(true) ?? { statistic: 0, needed: this.#threshold, pValue: 1, direction: undefined };
  }

  split(direction: Direction): number {
    const { rise, fall } = allSplits(this.values, this.#options.practicalThreshold);
    return mostEvidentSplit(direction === 'up' ? rise : fall, direction);
  }

  memory(): undefined {
    return undefined;
  }

  /**
   * The largest score of the splits that can exceed the threshold.
   *
   * @param always - whether also to score the others
   */
  #largest(always: boolean): ScanScore | undefined {
    // Ties make U⁺ and −U⁻ smaller still: with a threshold no correction is needed.
    const factor = this.#options.practicalThreshold > 0 ? 1 : this.#ties.factor;
    return factor < leastUntied
      ? this.#tied.largest(this.#splits, factor, always)
      : this.#untied(factor, always);
  }

  /** Takes the first points. */
  #take(regime: Float64Array): void {
    this.#values.length = regime.length;
    this.#values.view().set(regime);
    const { sorted, rise, fall } = allSplits(this.values, this.#options.practicalThreshold);
    this.#splits.take(regime, rise, fall);
    this.#ties = tiesOf(sorted);
  }

  #untied(factor: number, always: boolean): ScanScore | undefined {
    const { minimumLength } = this.#options;
    const { starts, rise, fall, blocks, length } = this.#splits;
    const scale = 3 / ((length + 1) * factor);
    const least = always ? 0 : this.#critical.squareFor(minimumLength);
    let statistic = 0;
    let direction: Direction = 'up';
    for (let block = 0; block < blocks - 1; block++) {
      const t = countAt(starts, block + 1);
      const later = length - t;
      if (later < minimumLength) break;
      if (t < minimumLength) continue;
      const up = at(rise, block);
      const evidence = Math.max(up, -at(fall, block));
      if (evidence <= 0) continue;
      // Most splits are as far from it as this: no division, no look into the table.
      if (evidence * evidence * scale < least * t * later) continue;
      const m = Math.min(t, later);
      const square = (evidence * evidence * scale) / (t * later);
      if (!always && square <= this.#critical.squareFor(m)) continue;
      const score = normalScore(Math.sqrt(square), m);
      if (score > statistic) {
        statistic = score;
        direction = up > 0 ? 'up' : 'down';
      }
    }
    if (statistic === 0) return undefined;
    return {
      statistic,
      needed: this.#threshold,
      pValue: 1 / pointsBetween(statistic, minimumLength),
      direction,
    };
  }
}
