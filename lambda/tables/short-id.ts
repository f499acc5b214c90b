import { createHash } from 'node:crypto';
import { processingLimits } from '../processing-limits.ts';

/** An id, or the hash of a longer one: as many as are remembered of a series fit into an item. A short one stays as it is. */
export function shortId(id: string): string {
  return Buffer.byteLength(id) <= processingLimits.rememberedIdBytes
    ? id
    : createHash('sha256').update(id).digest('hex');
}
