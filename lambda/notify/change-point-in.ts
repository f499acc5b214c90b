import type { SeriesChangePoint } from '../change-point.ts';
import { hasTime } from '../event.ts';
import { printable } from '../printable.ts';
import { processingLimits } from '../processing-limits.ts';
import { kindsInWords, textFor } from './message.ts';

type Fields = Partial<Record<keyof SeriesChangePoint, unknown>>;

/** The change point in a message of the topic. @returns `undefined` for what cannot be told, so that it holds up nothing else */
export function changePointIn(message: string): SeriesChangePoint | undefined {
  try {
    const found: unknown = JSON.parse(message);
    return isTellable(found) ? found : undefined;
  } catch {
    return undefined;
  }
}

/**
 * Whether people can be told of what came from the topic, which carries what anyone publishes, and change points whose items were damaged.
 *
 * One that no text can be made of, or whose text SNS refuses, would hold up all that come with it.
 *
 * @param found - any value of JSON
 */
function isTellable(found: unknown): found is SeriesChangePoint {
  if (typeof found !== 'object' || found === null) return false;
  const { id, seriesId, eventKey, changedAt, detectedAt, changedFrom, changedTo, direction, kind }: Fields =
    found;
  const isWhole =
    isSeriesId(seriesId) &&
    typeof eventKey === 'string' &&
    hasTime(eventKey) &&
    [id, changedAt, detectedAt].every(isShown) &&
    [changedFrom, changedTo].every((time) => time === undefined || isShown(time)) &&
    (direction === 'up' || direction === 'down') &&
    (kind === undefined || Object.hasOwn(kindsInWords, String(kind)));
  return isWhole && hasText(found as SeriesChangePoint);
}

/** A partition key of DynamoDB, under which it is remembered what was told. */
function isSeriesId(name: unknown): boolean {
  return typeof name === 'string' && name !== '' && Buffer.byteLength(name) <= processingLimits.seriesIdBytes;
}

/** Whether a text may be shown as it is. */
function isShown(text: unknown): boolean {
  return typeof text === 'string' && text !== '' && printable(text) === text;
}

function hasText(changePoint: SeriesChangePoint): boolean {
  try {
    textFor(changePoint);
    return [changePoint.before, changePoint.after].every(({ count }) => typeof count === 'number');
  } catch {
    return false;
  }
}
