import { AedDetector, type DetectorOptions } from '@aed/core';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { eventKey } from '../../lambda/event.ts';
import type { StoredEvent } from '../../lambda/events-table.ts';
import { findResets, type Reset } from '../../lambda/find-resets.ts';

const events = (values: readonly number[]): StoredEvent[] =>
  values.map((value, index) => ({ eventKey: eventKey({ timestamp: index, eventId: 'e' }), value }));

async function* pagesOf(stored: readonly StoredEvent[], size: number) {
  for (let start = 0; start < stored.length; start += size) yield stored.slice(start, start + size);
}

async function all(resets: AsyncIterable<Reset>): Promise<Reset[]> {
  const found: Reset[] = [];
  for await (const reset of resets) found.push(reset);
  return found;
}

const series = fc
  .array(fc.tuple(fc.integer({ min: 1, max: 40 }), fc.integer({ min: -3, max: 3 })), {
    minLength: 1,
    maxLength: 6,
  })
  .chain((levels) =>
    fc.tuple(
      ...levels.map(([length, level]) =>
        fc.array(
          fc.integer({ min: 0, max: 3 }).map((noise) => 4 * level + noise),
          {
            minLength: length,
            maxLength: length,
          },
        ),
      ),
    ),
  )
  .map((parts) => parts.flat());

const options = fc.record({
  alpha: fc.constantFrom(0.01, 0.2),
  practicalThreshold: fc.constantFrom(0, 2),
  restart: fc.constantFrom('detection' as const, 'change' as const),
  maxRegimeLength: fc.constantFrom(12, 30, 10_000),
});

const complete = (given: DetectorOptions) => new AedDetector(given).options;

test('one reading of the whole series finds what the core finds', async () => {
  await fc.assert(
    fc.asyncProperty(series, options, fc.integer({ min: 1, max: 20 }), async (values, given, pageSize) => {
      const resets = await all(findResets(pagesOf(events(values), pageSize), undefined, complete(given)));
      const detector = new AedDetector(given);
      const expected = values.flatMap((value) => detector.push(value) ?? []);
      expect(resets.flatMap(({ found }) => found ?? [])).toEqual(expected);
    }),
  );
});

test('reading it bit by bit, from the last reset each time, finds the same', async () => {
  await fc.assert(
    fc.asyncProperty(
      series,
      options,
      fc.array(fc.integer({ min: 1, max: 200 }), { maxLength: 8 }),
      async (values, given, cuts) => {
        const stored = events(values);
        const keysOf = (resets: readonly Reset[]) =>
          resets.map(({ found, regimeAfter, testedThrough }) => ({
            ...(found && { pValue: found.pValue, magnitude: found.magnitude }),
            regimeAfter,
            testedThrough,
          }));
        const atOnce = await all(findResets(pagesOf(stored, 50), undefined, complete(given)));

        const bitByBit: Reset[] = [];
        let from = 0;
        for (const end of [...cuts.sort((a, b) => a - b), stored.length]) {
          const arrived = pagesOf(stored.slice(from, end), 7);
          bitByBit.push(...(await all(findResets(arrived, bitByBit.at(-1)?.testedThrough, complete(given)))));
          const { regimeAfter } = bitByBit.at(-1) ?? {};
          from = stored.findIndex(({ eventKey: key }) => key === regimeAfter) + 1;
        }
        expect(keysOf(bitByBit)).toEqual(keysOf(atOnce));
      },
    ),
  );
});
