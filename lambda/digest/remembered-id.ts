import { type SeriesChangePoint, tellingId } from '../change-point.ts';
import { shortId } from '../tables/short-id.ts';

/** What people were told of, as it is remembered. */
export function rememberedId(changePoint: Pick<SeriesChangePoint, 'id' | 'retractedAt'>): string {
  return shortId(tellingId(changePoint));
}
