import { AedDetector, type DetectorOptions, type ResolvedOptions } from '@aed/core';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Regime, type Reset } from '../../../lambda/detector/regime.ts';
import { eventKey, type StoredEvent } from '../../../lambda/event.ts';

const events = (values: readonly number[]): StoredEvent[] =>
  values.map((value, index) => ({ eventKey: eventKey({ timestamp: index, eventId: 'e' }), value }));

/** The resets of a regime that takes these events. */
function resetsOf(
  stored: readonly StoredEvent[],
  testedThrough: string | undefined,
  options: ResolvedOptions,
): Reset[] {
  const regime = new Regime(testedThrough, options);
  return stored.flatMap((event) => regime.add(event) ?? []);
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

test('one reading of the whole series finds what the core finds', () => {
  fc.assert(
    fc.property(series, options, (values, given) => {
      const resets = resetsOf(events(values), undefined, complete(given));
      const detector = new AedDetector(given);
      const expected = values.flatMap((value) => detector.push(value) ?? []);
      expect(resets.flatMap(({ found }) => found ?? [])).toEqual(expected);
    }),
  );
});

test('reading it bit by bit, from the last reset each time, finds the same', () => {
  const cuts = fc.array(fc.integer({ min: 1, max: 200 }), { maxLength: 8 });
  fc.assert(
    fc.property(series, options, cuts, (values, given, cuts) => {
      const stored = events(values);
      const keysOf = (resets: readonly Reset[]) =>
        resets.map(({ found, regimeAfter, testedThrough }) => ({
          ...(found && { pValue: found.pValue, magnitude: found.magnitude }),
          regimeAfter,
          testedThrough,
        }));
      const atOnce = resetsOf(stored, undefined, complete(given));

      const bitByBit: Reset[] = [];
      let from = 0;
      for (const end of [...cuts.sort((a, b) => a - b), stored.length]) {
        const arrived = stored.slice(from, end);
        bitByBit.push(...resetsOf(arrived, bitByBit.at(-1)?.testedThrough, complete(given)));
        const { regimeAfter } = bitByBit.at(-1) ?? {};
        from = stored.findIndex(({ eventKey: key }) => key === regimeAfter) + 1;
      }
      expect(keysOf(bitByBit)).toEqual(keysOf(atOnce));
    }),
  );
});

test('late events keep it within its longest length; dropped ones leave no trace', () => {
  fc.assert(
    fc.property(series, options, fc.nat({ max: 200 }), (values, given, late) => {
      const stored = events([...Array(late).fill(0), ...values, 7]);
      const testedThrough = stored.at(-2)?.eventKey;
      const regime = new Regime(testedThrough, complete(given));
      let dropped: Reset | undefined;
      for (const event of stored.slice(0, -1)) {
        const before = regime.length;
        const reset = regime.add(event);
        expect(regime.length).toBe(reset ? Math.floor(given.maxRegimeLength / 2) : before + 1);
        expect(regime.length).toBeLessThan(given.maxRegimeLength);
        dropped = reset ?? dropped;
      }
      expect(dropped?.testedThrough ?? testedThrough).toBe(testedThrough);
      const from = stored.findIndex(({ eventKey: key }) => key === dropped?.regimeAfter) + 1;
      const alone = new Regime(testedThrough, complete(given));
      for (const event of stored.slice(from, -1)) expect(alone.add(event)).toBeUndefined();
      const [newest] = stored.slice(-1) as [StoredEvent];
      expect(regime.add(newest)).toEqual(alone.add(newest));
    }),
  );
});

test('it holds the events since the last reset', () => {
  const regime = new Regime(undefined, complete({}));
  for (const event of events([...Array(20).fill(0), ...Array(20).fill(9)])) regime.add(event);
  expect(regime.length).toBe(13);
});
