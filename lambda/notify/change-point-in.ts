import type { SeriesChangePoint } from '../change-point.ts';
import { damageOf } from './damage-of.ts';

/** The change point in a message of the topic. @returns `undefined` for what cannot be told, so that it holds up nothing else */
export function changePointIn(message: string): SeriesChangePoint | undefined {
  try {
    const found: unknown = JSON.parse(message);
    return damageOf(found) === undefined ? (found as SeriesChangePoint) : undefined;
  } catch {
    return undefined;
  }
}
