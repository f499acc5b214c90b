import { createHash } from 'node:crypto';
import { processingLimits } from '../processing-limits.ts';

/** A short id as it is, and the hash of a long one, so that all ids that are remembered of a series fit into an item. */
export function shortId(id: string): string {
  return Buffer.byteLength(id) <= processingLimits.rememberedIdBytes
    ? id
    : createHash('sha256').update(id).digest('hex');
}
