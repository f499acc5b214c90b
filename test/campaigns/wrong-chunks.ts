import type { DetectorParts } from '../../lambda/detector/look-parts.ts';
import { compareEventKeys, type StoredEvent } from '../../lambda/event.ts';
import { endorsedChunks } from '../../lambda/regime/chunk.ts';
import { addPoints } from '../../lambda/regime/point-bytes.ts';
import { PointList } from '../../lambda/regime/point-list.ts';

type Tables = Pick<DetectorParts, 'chunks' | 'changePoints' | 'clock'>;

/**
 * What is wrong with the chunks that the HEAD of a series endorses: when all news has come, they must be what the events table holds. Chunks
 * that were damaged are not endorsed.
 *
 * @param events - all events of the series, in the order of their keys
 */
export async function wrongChunks(
  seriesId: string,
  events: readonly StoredEvent[],
  { chunks, changePoints, clock }: Tables,
): Promise<readonly string[]> {
  const stored = await chunks.read(seriesId);
  const head = await changePoints.headOf(seriesId, stored.head);
  return endorsedChunks(seriesId, head.chunks, stored.chunks, clock()).flatMap((chunk) => {
    const { slot, after = '', through, count, points } = chunk;
    const list = new PointList();
    addPoints(points, count, list);
    const held = events.filter(
      ({ eventKey }) => compareEventKeys(eventKey, after) > 0 && compareEventKeys(eventKey, through) <= 0,
    );
    const isSame = String(held.map(({ value }) => value)) === String(list.values(0, list.length));
    return isSame ? [] : [`${seriesId}: chunk ${slot} must be what the events table holds`];
  });
}
