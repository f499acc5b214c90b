import type { Grounds } from '../change-point.ts';
import { isObject } from '../reading/is-object.ts';
import { PointList } from '../regime/point-list.ts';
import type { StoredChangePoint } from '../tables/stored-change-point.ts';
import { memoryIn } from './regime-memory.ts';
import { restoredDetector } from './restore-detector.ts';

/**
 * Whether a change point can be decided anew: its item has its grounds, and what is in it makes a detector.
 *
 * Anyone may have written the item. One that is damaged stands, since nobody can tell, and holds up none of its series.
 */
export function isDecidable(
  found: StoredChangePoint,
): found is StoredChangePoint & { readonly grounds: Grounds } {
  const { grounds, options, before }: Partial<Record<keyof StoredChangePoint, unknown>> = found;
  if (!isObject(grounds) || !isObject(options) || !isObject(before)) return false;
  const isWhole =
    (grounds.after === undefined || typeof grounds.after === 'string') &&
    (grounds.expiresAt === undefined || typeof grounds.expiresAt === 'number') &&
    typeof before.from === 'string';
  return isWhole && makesDetector(found, grounds);
}

function makesDetector({ options }: StoredChangePoint, grounds: object): boolean {
  try {
    restoredDetector(new PointList(), 0, { options, memory: memoryIn(grounds) });
    return true;
  } catch {
    return false;
  }
}
