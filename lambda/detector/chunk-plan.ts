import { type Chunk, checksumOf, type LastChunk } from '../regime/chunk.ts';
import { bytesOfPoints } from '../regime/point-bytes.ts';
import type { RegimeLimits } from '../regime/regime-limits.ts';
import type { Surroundings } from '../surroundings.ts';
import type { Regime } from './regime.ts';

/** Chunks to be stored, and the chain as it is then. */
export interface ChunkPlan {
  readonly chunks: readonly Chunk[];
  readonly last: LastChunk | undefined;
}

/**
 * The chunks that a tested regime can have and that its chain lacks: its full spans, but for the newest points.
 *
 * A span with an event that expires soon is left out. The chain begins anew after it.
 *
 * @param last - the chain so far, which holds what the regime holds
 */
export function planChunks(
  seriesId: string,
  regime: Regime,
  last: LastChunk | undefined,
  { newestPoints, leastLifeMs }: Pick<RegimeLimits, 'newestPoints' | 'leastLifeMs'>,
  { clock, newId }: Pick<Surroundings, 'clock' | 'newId'>,
): ChunkPlan {
  const spans = regime.isOrderly ? regime.spans.closed : [];
  const done = last === undefined ? -1 : spans.findIndex(({ through }) => through === last.through);
  // No span of this regime ends where the chain does, so that this instance cannot go on with the chain. Another one will.
  if (last !== undefined && done === -1) return { chunks: [], last };
  let plan: { chunks: Chunk[]; last: LastChunk | undefined } = { chunks: [], last };
  for (const [place, span] of spans.entries()) {
    if (place <= done || span.end > regime.length - newestPoints) continue;
    const before = spans[place - 1];
    if (span.expiresAt * 1000 <= clock().getTime() + leastLifeMs) {
      plan = { chunks: [], last: undefined };
      continue;
    }
    const from = before?.end ?? 0;
    const content = {
      slot: plan.last === undefined ? 0 : plan.last.slot + 1,
      id: newId(),
      previous: plan.last?.id,
      after: before?.through ?? regime.after,
      through: span.through,
      count: span.end - from,
      points: bytesOfPoints(regime.points, from, span.end),
      expiresAt: Number.isFinite(span.expiresAt) ? span.expiresAt : undefined,
    };
    const chunk = { ...content, checksum: checksumOf(seriesId, content) };
    plan.chunks.push(chunk);
    plan.last = { slot: chunk.slot, id: chunk.id, through: chunk.through };
  }
  return plan;
}
