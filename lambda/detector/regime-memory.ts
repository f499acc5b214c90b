import type { RegimeMemory } from '@aed/core';
import type { Grounds } from '../change-point.ts';
import type { Standing } from './reset.ts';

/** Bytes of a double. */
const size = 8;

/**
 * A regime's memory as the HEAD stores it: little-endian doubles.
 *
 * DynamoDB's own numbers have 38 digits but end at 9.9e125, and at 1e-130 on the other side; those of a double go on.
 */
export function storedMemory(memory: RegimeMemory | undefined): Uint8Array | undefined {
  if (memory === undefined) return undefined;
  const view = new DataView(new ArrayBuffer(size * memory.length));
  memory.forEach((value, index) => {
    view.setFloat64(size * index, value, true);
  });
  return new Uint8Array(view.buffer);
}

/** With what a change point is decided that is found in a regime now. */
export function groundsIn({ after, memory }: Pick<Standing, 'after' | 'memory'>): Grounds {
  const bytes = storedMemory(memory);
  return { ...(after !== undefined && { after }), ...(bytes && { memory: bytes }) };
}

/** The memory in a HEAD, or in the grounds of a change point. Bytes that cannot be one count as none: then the test knows this regime alone. */
export function memoryIn({ memory }: { readonly memory?: unknown }): RegimeMemory | undefined {
  if (!(memory instanceof Uint8Array) || memory.length % size !== 0) return undefined;
  const view = new DataView(memory.buffer, memory.byteOffset, memory.length);
  const values = Array.from({ length: memory.length / size }, (_, index) =>
    view.getFloat64(size * index, true),
  );
  return values.every(Number.isFinite) ? values : undefined;
}
