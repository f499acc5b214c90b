import type { RegimeMemory } from '../../../core/src/regime-test.ts';
import type { Inflation } from '../../../core/src/scan/dependence/inflation.ts';
import { plainInflationOf } from './plain-inflation.ts';
import { plainPooled, plainPoolMemory } from './plain-rank-pool.ts';

/** Where the newest reports stand among the points, the first point of the regime at 0, and the points before it. */
function earlier(memory: RegimeMemory | undefined) {
  const [, count = 0, ...numbers] = plainPooled(memory).rest;
  return { reports: numbers.slice(0, count), points: numbers.slice(count) };
}

/** The inflation of a regime, or of the last 2,000 points if so many reports were made in them. */
export function plainRestless(
  regime: readonly number[],
  split: number,
  restlessAfter: number,
  memory: RegimeMemory | undefined,
): Inflation {
  const { reports, points } = earlier(memory);
  const newest = reports.filter((report) => regime.length - report <= 2000);
  if (restlessAfter === 0 || newest.length < restlessAfter)
    return plainInflationOf(regime, split, plainPooled(memory).before);
  const all = [...points, ...regime];
  const kept = all.slice(-2000);
  const from = Math.max(0, split + points.length - (all.length - kept.length));
  return plainInflationOf(kept, from, undefined, 2000);
}

/** What the regime after this one is told. */
export function plainRestlessMemory(
  regime: readonly number[],
  end: number,
  split: number,
  isReport: boolean,
  restlessAfter: number,
  memory: RegimeMemory | undefined,
): RegimeMemory | undefined {
  const pooled = plainPoolMemory(regime, end, split, memory);
  if (restlessAfter === 0) return pooled.length === 0 ? undefined : pooled;
  const { reports, points } = earlier(memory);
  const newest = [...reports, ...(isReport ? [regime.length] : [])].slice(-restlessAfter);
  return [
    ...pooled,
    -1,
    newest.length,
    ...newest.map((report) => report - end),
    ...[...points, ...regime.slice(0, end)].slice(-2000),
  ];
}
