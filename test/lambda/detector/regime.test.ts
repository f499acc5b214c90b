import { AedDetector, type ChangePoint, type DetectorOptions, type ResolvedOptions } from '@aed/core';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Regime } from '../../../lambda/detector/regime.ts';
import { eventKey, type StoredEvent } from '../../../lambda/event.ts';
import { PlainRegime } from './slow/plain-regime.ts';

const events = (values: readonly number[]): StoredEvent[] =>
  values.map((value, index) => ({ eventKey: eventKey({ timestamp: index, eventId: 'e' }), value }));

/** A reset by its keys. */
interface KeyedReset {
  readonly found?: ChangePoint;
  readonly regimeAfter: string | undefined;
  readonly testedThrough: string | undefined;
}

function newRegime(testedThrough: string | undefined, options: ResolvedOptions): Regime {
  return new Regime({ after: undefined, testedThrough, memory: undefined, options }, 500);
}

/** Adds events, tests them and accepts what is found. */
function take(
  regime: Regime,
  stored: readonly StoredEvent[],
  testedThrough: string | undefined,
): KeyedReset[] {
  regime.add(stored);
  const resets: KeyedReset[] = [];
  for (let reset = regime.test(); reset !== undefined; reset = regime.test()) {
    const { found, dropped, tested } = reset;
    const regimeAfter = regime.eventAt(dropped - 1)?.eventKey;
    const through = tested === undefined ? testedThrough : regime.eventAt(tested - 1)?.eventKey;
    resets.push({ ...(found !== undefined && { found }), regimeAfter, testedThrough: through });
    regime.accept(reset, regimeAfter ?? '');
  }
  return resets;
}

/** The resets of a regime that takes these events. */
function resetsOf(
  stored: readonly StoredEvent[],
  testedThrough: string | undefined,
  options: ResolvedOptions,
): KeyedReset[] {
  return take(newRegime(testedThrough, options), stored, testedThrough);
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
      const keysOf = (resets: readonly KeyedReset[]) =>
        resets.map(({ found, regimeAfter, testedThrough }) => ({
          ...(found && { pValue: found.pValue, magnitude: found.magnitude }),
          regimeAfter,
          testedThrough,
        }));
      const atOnce = resetsOf(stored, undefined, complete(given));

      const bitByBit: KeyedReset[] = [];
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
      const regime = newRegime(testedThrough, complete(given));
      let dropped: KeyedReset | undefined;
      for (const event of stored.slice(0, -1)) {
        const before = regime.length;
        const [reset] = take(regime, [event], testedThrough);
        expect(regime.length).toBe(reset ? Math.floor(given.maxRegimeLength / 2) : before + 1);
        expect(regime.length).toBeLessThan(given.maxRegimeLength);
        dropped = reset ?? dropped;
      }
      expect(dropped?.testedThrough ?? testedThrough).toBe(testedThrough);
      const from = stored.findIndex(({ eventKey: key }) => key === dropped?.regimeAfter) + 1;
      const alone = newRegime(testedThrough, complete(given));
      expect(take(alone, stored.slice(from, -1), testedThrough)).toEqual([]);
      const newest = stored.slice(-1);
      expect(take(regime, newest, testedThrough)).toEqual(take(alone, newest, testedThrough));
    }),
  );
});

test('it holds the events since the last reset', () => {
  const regime = newRegime(undefined, complete({}));
  take(regime, events([...Array(20).fill(0), ...Array(20).fill(9)]), undefined);
  expect(regime.length).toBe(13);
});

test('when it goes by other options, what comes is tested with these, and nothing is tested again', () => {
  const cut = fc.integer({ min: 1, max: 40 });
  fc.assert(
    fc.property(series, options, options, cut, (values, before, after, cut) => {
      const first = values.slice(0, cut);
      const stored = events([...first, ...values]);
      const regime = newRegime(
        undefined,
        complete({ ...before, practicalThreshold: 1000, maxRegimeLength: 10_000 }),
      );
      expect(take(regime, stored.slice(0, first.length), undefined)).toEqual([]);
      regime.goBy(complete(after));
      const testedThrough = stored[first.length - 1]?.eventKey;
      const alone = newRegime(testedThrough, complete(after));
      expect(take(regime, stored.slice(first.length), testedThrough)).toEqual(
        take(alone, stored, testedThrough),
      );
    }),
  );
});

test('it does what the plain one does, also when it rests, and when its detector is forgotten, after any event', () => {
  const cuts = fc.array(fc.integer({ min: 1, max: 200 }), { maxLength: 5 });
  const tested = fc.nat({ max: 200 });
  fc.assert(
    fc.property(series, options, cuts, tested, fc.boolean(), (values, given, cuts, tested, forgets) => {
      const stored = events(values);
      const testedThrough = stored[tested]?.eventKey;
      const plain = new PlainRegime(testedThrough, complete(given));
      const expected = stored.flatMap((event) => plain.add(event) ?? []);

      const regime = newRegime(testedThrough, complete(given));
      const found: KeyedReset[] = [];
      let from = 0;
      for (const end of [...cuts.sort((a, b) => a - b), stored.length]) {
        // The key that a set point needs may be that of an older point. Here it is only the number of points that counts.
        found.push(...take(regime, stored.slice(from, end), testedThrough));
        regime.rest();
        if (forgets) regime.forgetDetector();
        from = Math.max(from, end);
      }
      expect(found.map(({ testedThrough: through }) => through)).toEqual(
        expected.map(({ testedThrough: through }) => through),
      );
      expect(found.map((reset) => reset.found?.pValue)).toEqual(expected.map((reset) => reset.found?.pValue));
      expect(regime.points.values(0, regime.length)).toEqual(
        stored.slice(stored.length - plain.length).map(({ value }) => value),
      );
    }),
  );
});

test('where it follows another instance, it goes on as one that starts there', () => {
  const share = fc.integer({ min: 0, max: 20 }).map((twentieths) => twentieths / 20);
  const quiet = fc.array(fc.integer({ min: 0, max: 3 }), { minLength: 1, maxLength: 40 });
  fc.assert(
    fc.property(quiet, series, options, options, share, share, (first, rest, mine, others, a, b) => {
      const [count, stored] = [first.length, events([...first, ...rest])];
      const given = complete({ ...mine, maxRegimeLength: 10_000 });
      for (const options of [given, complete(others)]) {
        const regime = newRegime(undefined, given);
        fc.pre(take(regime, stored.slice(0, count), undefined).length === 0);
        const dropped = Math.round(Math.min(a, b) * count);
        const testedThrough = stored[Math.round(Math.max(a, b) * count) - 1]?.eventKey;
        const after = stored[dropped - 1]?.eventKey;
        const standing = { after, testedThrough, memory: undefined, options };
        regime.follow(standing, dropped);
        const alone = new Regime(standing, 500);
        const [found, expected] = [
          take(regime, stored.slice(count), testedThrough),
          take(alone, stored.slice(dropped), testedThrough),
        ].map((resets) => resets.map(({ found, ...keys }) => ({ ...keys, pValue: found?.pValue })));
        expect(found).toEqual(expected);
        expect(regime.points.values(0, regime.length)).toEqual(alone.points.values(0, alone.length));
        expect(regime.after).toBe(alone.after);
      }
    }),
  );
});
