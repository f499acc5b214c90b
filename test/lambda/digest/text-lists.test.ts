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

test.each([
  [3, 6, ['ab', 'cd']],
  [2, 6, ['ab', 'cd']],
  [1, 6, ['ab', 'and 1 more']],
  [0, 6, ['and 2 more']],
  [3, 5, ['ab', 'and 1 more']],
  [3, 3, ['ab', 'and 1 more']],
  [3, 2, ['and 2 more']],
])('of two lines, where there is room for %i and for %i bytes', (most, bytes, list) => {
  expect(listOf(['ab', 'cd'], { lines: most, bytes: around + bytes })).toEqual(list);
});

test.each([
  [5, 'ab\ncd'],
  [4, 'ab'],
  [2, 'ab'],
  [1, ''],
])('of a text of two lines, within %i bytes', (bytes, text) => {
  expect(firstLines('ab\ncd', bytes)).toBe(text);
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
