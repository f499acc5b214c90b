import fc from 'fast-check';
import { expect, test } from 'vitest';
import { firstLines, listOf } from '../../../lambda/digest/text-lists.ts';

/** What is kept free for what stands around a list. */
const around = 400;
const lines = fc.array(fc.string({ unit: fc.constantFrom('a', 'é', '→', '🔥', ' ') }), { maxLength: 12 });
/** Each line ends with a line break. */
const bytesOf = (some: readonly string[]) => Buffer.byteLength(some.map((line) => `${line}\n`).join(''));

test('a list has as many of its first lines as there is room for, and says how many there are more', () => {
  fc.assert(
    fc.property(lines, fc.nat({ max: 14 }), fc.nat({ max: 120 }), (all, mostLines, room) => {
      const list = listOf(all, { lines: mostLines, bytes: around + room });
      const fits = (count: number) => count <= mostLines && bytesOf(all.slice(0, count)) <= room;
      const shown = [...all.keys(), all.length].findLast(fits) ?? 0;
      const more = all.length - shown;
      expect(list).toEqual([...all.slice(0, shown), ...(more === 0 ? [] : [`and ${more} more`])]);
    }),
  );
});

test('of a text as many of its first lines are left as there is room for', () => {
  fc.assert(
    fc.property(lines, fc.nat({ max: 120 }), (all, mostBytes) => {
      const text = all.join('\n');
      const parts = text.split('\n');
      const left = [...parts.keys(), parts.length].findLast(
        (count) => Buffer.byteLength(parts.slice(0, count).join('\n')) <= mostBytes,
      );
      expect(firstLines(text, mostBytes)).toBe(parts.slice(0, left).join('\n'));
    }),
  );
});
