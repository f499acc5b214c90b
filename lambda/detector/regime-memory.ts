import type { RegimeMemory } from '@aed/core';
import type { Grounds } from '../change-point.ts';
import type { Standing } from './reset.ts';

/** Bytes of a double. */
const size = 8;

/**
 * A regime's memory as the HEAD stores it: little-endian doubles.
 *
 * A number of DynamoDB has 38 digits, but only a size from 1e-130 to 9.9e125. A double may be larger or smaller.
 */
export function storedMemory(memory: RegimeMemory | undefined): Uint8Array | undefined {
  if (memory === undefined) return undefined;
  const view = new DataView(new ArrayBuffer(size * memory.length));
  memory.forEach((value, index) => {
    view.setFloat64(size * index, value, true);
  });
  return new Uint8Array(view.buffer);
}

/** The grounds of a change point that is found in a regime now. */
export function groundsIn(
  { after, memory }: Pick<Standing, 'after' | 'memory'>,
  expiresAt: number | undefined,
): Grounds {
  const bytes = storedMemory(memory);
  return {
    ...(after !== undefined && { after }),
    ...(bytes && { memory: bytes }),
    ...(expiresAt !== undefined && { expiresAt }),
  };
}

/** The memory in a HEAD, or in the grounds of a change point. Bytes that cannot be a memory count as none: then the test knows only this regime. */
export function memoryIn({ memory }: { readonly memory?: unknown }): RegimeMemory | undefined {
  if (!(memory instanceof Uint8Array) || memory.length % size !== 0) return undefined;
  const view = new DataView(memory.buffer, memory.byteOffset, memory.length);
  const values = Array.from({ length: memory.length / size }, (_, index) =>
    view.getFloat64(size * index, true),
  );
  return values.every(Number.isFinite) ? values : undefined;
}
