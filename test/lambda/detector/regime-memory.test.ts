import fc from 'fast-check';
import { expect, test } from 'vitest';
import { memoryIn, storedMemory } from '../../../lambda/detector/regime-memory.ts';

const doubles = fc.array(fc.double({ noNaN: true, noDefaultInfinity: true }));

test('a memory comes back from its bytes, bit for bit', () => {
  fc.assert(
    fc.property(doubles, (memory) => {
      expect(memoryIn({ memory: storedMemory(memory) })).toEqual(memory);
    }),
  );
});

test('no memory has no bytes', () => {
  expect(storedMemory(undefined)).toBeUndefined();
  expect(memoryIn({ memory: storedMemory(undefined) })).toBeUndefined();
});

test.each([
  ['bytes that are no doubles', new Uint8Array(7)],
  ['a double that is not finite', storedMemory([1, Number.NaN])],
  ['a text', 'memory' as unknown as Uint8Array],
  ['a list', [1, 2] as unknown as Uint8Array],
])('%s count as no memory', (_, memory) => {
  expect(memoryIn({ memory })).toBeUndefined();
});
