import { hasTime } from '../event.ts';
import { printable } from '../printable.ts';
import type { LastChunk } from '../regime/chunk.ts';
import { digestForm } from '../regime/digest.ts';
import type { Edition, Head } from './head.ts';
import { mostSlots } from './regime-chunks.ts';

/**
 * A HEAD as far as it can be used. Anyone may have written in it.
 *
 * What only saves work is left out if it is damaged: then the regime is read anew, and all of it is tested again. Without the key at which the regime
 * starts, all that was ever tested would be tested again, and what was decided would be decided anew.
 *
 * @throws if the key at which the regime starts is damaged
 */
export function readableHead(stored: Head): Head {
  const { regimeAfter, testedThrough, edition, chunks, ...rest }: Damageable = stored;
  if (regimeAfter !== undefined && !hasTime(regimeAfter))
    throw new Error(
      `the HEAD of ${printable(stored.seriesId)} has a regimeAfter that is no event key: correct it, or delete the HEAD to have the series tested anew`,
    );
  return {
    ...(rest as Head),
    ...(regimeAfter !== undefined && { regimeAfter }),
    ...(hasTime(testedThrough) && { testedThrough }),
    ...(isEdition(edition) && { edition }),
    ...(isLastChunk(chunks) && { chunks }),
  };
}

type Damageable = Omit<Head, Field> & { readonly [Name in Field]?: unknown };
type Field = 'regimeAfter' | 'testedThrough' | 'edition' | 'chunks';

function isEdition(value: unknown): value is Edition {
  const { id, start, digest }: { readonly [Name in keyof Edition]?: unknown } = Object(value);
  return typeof id === 'string' && isCount(start) && typeof digest === 'string' && digestForm.test(digest);
}

function isLastChunk(value: unknown): value is LastChunk {
  const { slot, id, through }: { readonly [Name in keyof LastChunk]?: unknown } = Object(value);
  return isCount(slot) && slot < mostSlots && typeof id === 'string' && hasTime(through);
}

function isCount(value: unknown): value is number {
  return Number.isSafeInteger(value) && Number(value) >= 0;
}
