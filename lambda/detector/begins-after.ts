import { epochOfEventKey } from '../event.ts';
import type { Regime } from './regime.ts';

/**
 * Whether a regime without its first points begins after this key, or with the first event of the series.
 *
 * A count of points does not tell: another instance may have read late events that this regime lacks, and no events that have expired since. Of older
 * points only the times are known. Where several share that of the key, nobody can tell.
 */
export function beginsAfter(key: string | undefined, regime: Regime, dropped: number): boolean {
  if (dropped === 0) return regime.after === key;
  if (key === undefined) return false;
  const last = regime.eventAt(dropped - 1)?.eventKey;
  if (last !== undefined) return last === key;
  const { points } = regime;
  const isLast = points.timeAt(dropped - 1) === epochOfEventKey(key);
  return isLast && (dropped === points.length || points.timeAt(dropped) > points.timeAt(dropped - 1));
}
