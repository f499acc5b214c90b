import {
  AedDetector,
  type ChangePoint,
  type DetectorOptions,
  type DetectorState,
  type Direction,
  detectChangePoints,
  type Interval,
  type Level,
  type ResolvedOptions,
  resolveOptions,
} from '@aed/core';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { regimeTests, type Statistic } from '../../core/src/regime-tests.ts';
import { levels, noise, options } from './arbitraries.ts';
import { naiveDetect, naiveMpp } from './naive.ts';
import { naiveLevel, naivePlace } from './naive-measure.ts';
import type { NaiveRegime, NaiveTest } from './naive-test.ts';
import { randomOf } from './random.ts';
import { randomStream } from './random-streams.ts';
import { naiveScan } from './scan/plain-scan.ts';

/** What the contract has to know of a test: the options that ask for it, and its definition. */
interface Entry {
  readonly asked: DetectorOptions;
  readonly naive: NaiveTest;
}

/** Every test of the registry. One that has no definition here does not compile. */
const entries: { readonly [Name in Statistic]: Entry } = {
  mpp: { asked: {}, naive: naiveMpp },
  // A rate so high that short series have alarms.
  scan: { asked: { statistic: 'scan', falseAlarmEvery: 100, minimumLength: 3 }, naive: naiveScan },
};

/** What else a test can be asked for by its options. */
const variants: Readonly<Record<string, Entry & { readonly statistic: Statistic }>> = {
  'scan with a season': {
    statistic: 'scan',
    asked: { ...entries.scan.asked, period: 3 },
    naive: naiveScan,
  },
};

const contracts = [
  ...(Object.keys(regimeTests) as Statistic[]).map((name) => ({ name, statistic: name, ...entries[name] })),
  ...Object.entries(variants).map(([name, variant]) => ({ name, ...variant })),
];

const series = fc.oneof(noise(60), levels());

/** A period must fit four times into a regime. */
const withPeriod = (given: DetectorOptions): ResolvedOptions =>
  resolveOptions({
    ...given,
    maxRegimeLength: Math.max(given.maxRegimeLength ?? 0, 4 * (given.period ?? 1), 2 * (given.startup ?? 5)),
  });

const carriers: readonly ((detector: AedDetector) => AedDetector)[] = [
  (detector) => AedDetector.fromJSON(JSON.parse(JSON.stringify(detector)) as DetectorState),
  (detector) => AedDetector.fromBytes(detector.toBytes()),
];

const ordered = (a: number, b: number): Interval => ({ from: Math.min(a, b), to: Math.max(a, b) });

test('every test of the registry keeps the contract', () => {
  expect(Object.keys(entries)).toEqual(Object.keys(regimeTests));
});

describe.each(contracts)('the test $name', ({ statistic, asked, naive }) => {
  const start = regimeTests[statistic];
  const all = options.map((given): ResolvedOptions => withPeriod({ ...given, ...asked }));
  const regimeOf = (values: readonly number[], given: ResolvedOptions) => ({
    values,
    phases: values.map((_, index) => index % naive.period(given)),
  });

  test('raises an alarm exactly where its definition is significant, with the split of its definition', () => {
    fc.assert(
      fc.property(series, all, (values, given) => {
        const regime = start(given);
        values.forEach((value, index) => {
          regime.push(value, index % given.period);
          const soFar = regimeOf(values.slice(0, index + 1), given);
          const expected = naive.result(soFar, given);
          const alarm = regime.alarm();
          expect(alarm).toEqual(expected.pValue < naive.level(given, index + 1) ? expected : undefined);
          if (alarm) expect(regime.split(alarm.direction)).toBe(naive.split(soFar, alarm.direction, given));
        });
      }),
    );
  });

  test('says the same however often it is asked, and whether points come one by one or at once', () => {
    fc.assert(
      fc.property(series, all, fc.nat(120), (values, given, at) => {
        const asking = start(given);
        const silent = start(given);
        const { phases } = regimeOf(values, given);
        const restored = start(given, { values: values.slice(0, at), phases: phases.slice(0, at) });
        values.forEach((value, index) => {
          const phase = phases[index] ?? 0;
          asking.push(value, phase);
          asking.alarm();
          silent.push(value, phase);
          if (index >= at) restored.push(value, phase);
        });
        const alarm = asking.alarm();
        for (const regime of [silent, restored]) {
          expect(regime.length).toBe(values.length);
          expect([...regime.values]).toEqual(values);
          expect(regime.alarm()).toEqual(alarm);
          if (alarm) expect(regime.split(alarm.direction)).toBe(asking.split(alarm.direction));
        }
      }),
    );
  });

  test('finds what the definitions say, at every point', () => {
    fc.assert(
      fc.property(series, all, (values, given) => {
        expect(detectChangePoints(values, given)).toEqual(naiveDetect(values, given, naive));
      }),
    );
  });

  test('finds it in random streams with ties, extremes and thresholds, saved and restored on the way', () => {
    for (let seed = 0; seed < 100; seed++) {
      const random = randomOf(2e6 + seed);
      const { name: of, values, options: given } = randomStream(random, 60);
      const resolved = withPeriod({ ...given, ...asked });
      let detector = new AedDetector(resolved);
      const found = values.flatMap((value) => {
        if (random() < 0.1)
          detector = (carriers[random() < 0.5 ? 0 : 1] ?? carriers[0])?.(detector) ?? detector;
        return detector.push(value) ?? [];
      });
      expect(found, `stream ${seed}, ${of}`).toEqual(naiveDetect(values, resolved, naive));
    }
  });

  test('finds in a stream what it finds in the whole series, however that is handed over', () => {
    fc.assert(
      fc.property(series, all, (values, given) => {
        const detector = new AedDetector(given);
        const streamed = values.flatMap((value) => detector.push(value) ?? []);
        const generated = (function* () {
          yield* values;
        })();
        for (const batch of [Object.freeze([...values]), Float64Array.from(values), generated]) {
          expect(detectChangePoints(batch, given)).toEqual(streamed);
        }
      }),
    );
  });

  test.each([
    ['JSON', carriers[0]],
    ['bytes', carriers[1]],
  ])('a detector saved as %s and restored at any point has the same future, bit for bit', (_, carry) => {
    fc.assert(
      fc.property(levels(), all, fc.nat(120), (values, given, at) => {
        const detector = new AedDetector(given);
        for (const value of values.slice(0, at)) detector.push(value);
        const restored = carry?.(detector);
        expect(restored?.options).toEqual(detector.options);
        for (const value of values.slice(at)) {
          expect(restored?.push(value)).toEqual(detector.push(value));
          expect(restored?.toJSON()).toEqual(detector.toJSON());
        }
      }),
    );
  });

  /** Points before the change that a significant test would report. */
  const placeIn = (regime: NaiveRegime, direction: Direction, given: ResolvedOptions) => {
    const evident = naive.split(regime, direction, given);
    return naivePlace(regime, evident, direction, given).split;
  };

  test('says at every point how far it is from a change and which level holds, and finds the same when asked', () => {
    fc.assert(
      fc.property(series, all, (values, given) => {
        const asked = new AedDetector(given);
        const silent = new AedDetector(given);
        for (const value of values) {
          expect(asked.push(value)).toEqual(silent.push(value));
          const { regime, regimeStart, phases = regime.map(() => 0), memory } = silent.toJSON();
          const { statistic, needed, direction } = start(given, {
            values: regime,
            phases,
            memory,
          }).evidence();
          expect(asked.evidence).toEqual(
            regime.length < given.startup
              ? undefined
              : {
                  fraction: Math.min(1, statistic / needed),
                  statistic,
                  needed,
                  candidate: direction && {
                    changedAt: regimeStart + placeIn({ values: regime, phases }, direction, given),
                    direction,
                  },
                },
          );
          expect(asked.level).toEqual(
            regime.length === 0 ? undefined : { ...naiveLevel(regime), since: regimeStart },
          );
          expect(asked.toJSON()).toEqual(silent.toJSON());
        }
      }),
    );
  });

  test('has all of the needed evidence at a change point, and less before', () => {
    fc.assert(
      fc.property(series, all, (values, given) => {
        const detector = new AedDetector(given);
        for (const value of values) {
          // Without the places of the points, which are counted.
          const { regime, phases, ...rest } = detector.toJSON();
          const next = AedDetector.fromJSON({ ...rest, regime: [...regime, value] });
          const found = detector.push(value);
          const { fraction = 0, statistic = 0, needed = 1 } = next.evidence ?? {};
          expect(statistic > needed).toBe(found !== undefined);
          if (statistic < needed) expect(fraction).toBeLessThan(1);
          if (found !== undefined)
            expect(next.evidence).toMatchObject({
              statistic: found.statistic,
              candidate: {
                changedAt: found.changedAt,
                direction: found.direction,
              },
            });
        }
      }),
    );
  });

  test('after a reset at any place finds what a new detector finds, at later indices', () => {
    fc.assert(
      fc.property(series, all, fc.nat(60), fc.nat(3), (values, given, at, missing) => {
        const detector = new AedDetector(given);
        for (const value of values.slice(0, at)) detector.push(value);
        if (missing > 0) detector.pushMissing(missing);
        const { length } = detector;
        detector.reset();
        const fresh = new AedDetector(given);
        expect(detector.toJSON()).toEqual({ ...fresh.toJSON(), regimeStart: length });
        for (const value of values) {
          const found = fresh.push(value);
          const expected = found && {
            ...found,
            changedAt: length + found.changedAt,
            interval: { from: length + found.interval.from, to: length + found.interval.to },
            detectedAt: length + found.detectedAt,
          };
          expect(detector.push(value)).toEqual(expected);
          expect(detector.length).toBe(length + fresh.length);
          expect(detector.regimeStart).toBe(length + fresh.regimeStart);
        }
      }),
    );
  });

  test('places each change within its interval, and that between the points of its regime; its size within the other', () => {
    fc.assert(
      fc.property(series, all, (values, given) => {
        let regimeStart = 0;
        const detector = new AedDetector(given);
        for (const value of values) {
          const found = detector.push(value);
          if (found !== undefined) {
            const { changedAt, detectedAt, interval, magnitude, magnitudeInterval, before, after } = found;
            const order = [regimeStart + 1, interval.from, changedAt, interval.to, detectedAt];
            expect(order).toEqual(order.toSorted((a, b) => a - b));
            expect(magnitudeInterval.from).toBeLessThanOrEqual(magnitude);
            expect(magnitudeInterval.to).toBeGreaterThanOrEqual(magnitude);
            expect(before.count).toBe(changedAt - regimeStart);
            expect(after.count).toBe(detectedAt - changedAt + 1);
          }
          regimeStart = detector.regimeStart;
        }
      }),
    );
  });

  describe('with missing points', () => {
    /** How many places are missing before each point, and after the last one. */
    const runs = fc.array(fc.constantFrom(0, 0, 0, 1, 2, 50), { minLength: 1, maxLength: 40, size: 'max' });

    test('finds the changes of the series without them, at the indices of the series with them', () => {
      fc.assert(
        fc.property(series, all, runs, fc.nat(120), (values, given, missing, restoreAt) => {
          const dense = new AedDetector(given);
          let gappy = new AedDetector(given);
          const indices: number[] = [];
          values.forEach((value, index) => {
            const count = missing[index % missing.length] ?? 0;
            if (count > 0) gappy.pushMissing(count);
            if (index === restoreAt) gappy = carriers[count % 2]?.(gappy) ?? gappy;
            indices.push(gappy.length);
            // A missing place counts in the season.
            const found = dense.push(value, gappy.length % given.period);
            const at = (point: number) => indices[point] ?? gappy.length;
            const expected = found && {
              ...found,
              changedAt: at(found.changedAt),
              interval: { from: at(found.interval.from), to: at(found.interval.to) },
              detectedAt: at(found.detectedAt),
            };
            expect(gappy.push(value)).toEqual(expected);
            expect(gappy.regimeStart).toBe(at(dense.regimeStart));
            expect(gappy.toJSON().regime).toEqual(dense.toJSON().regime);
          });
        }),
      );
    });

    test.each([
      ['JSON', carriers[0]],
      ['bytes', carriers[1]],
    ])('and saved as %s and restored at any place has the same future, bit for bit', (_, carry) => {
      fc.assert(
        fc.property(levels(), all, runs, fc.nat(120), (values, given, missing, at) => {
          const detector = new AedDetector(given);
          const take = (to: AedDetector | undefined, value: number, index: number) => {
            const count = missing[index % missing.length] ?? 0;
            if (count > 0) to?.pushMissing(count);
            return to?.push(value);
          };
          values.slice(0, at).forEach((value, index) => {
            take(detector, value, index);
          });
          detector.pushMissing(3);
          const restored = carry?.(detector);
          expect(restored?.length).toBe(detector.length);
          values.slice(at).forEach((value, index) => {
            expect(take(restored, value, index)).toEqual(take(detector, value, index));
            expect(restored?.toJSON()).toEqual(detector.toJSON());
          });
        }),
      );
    });
  });

  describe('finds the same changes', () => {
    const compare = (
      change: (value: number) => number,
      expected: (found: ChangePoint) => ChangePoint,
      changeOptions = (given: ResolvedOptions) => given,
    ) =>
      fc.assert(
        fc.property(series, all, (values, given) => {
          const found = detectChangePoints(values, given);
          expect(detectChangePoints(values.map(change), changeOptions(given))).toEqual(found.map(expected));
        }),
      );
    const withUnit = (change: (value: number) => number, size: (value: number) => number) => {
      const ofLevel = ({ count, median, mean }: Level): Level => ({
        ...{ count, median: change(median) },
        // A mean is rounded: by 2⁻⁵² of the largest number on the way.
        mean: expect.toSatisfy((found: number) => {
          const most = Math.max(Math.abs(change(mean)), Math.abs(change(0)), Math.abs(size(mean)));
          return Math.abs(found - change(mean)) <= 1e-12 * most;
        }),
      });
      return (found: ChangePoint): ChangePoint => ({
        ...found,
        magnitude: size(found.magnitude),
        magnitudeInterval: ordered(size(found.magnitudeInterval.from), size(found.magnitudeInterval.to)),
        before: ofLevel(found.before),
        after: ofLevel(found.after),
        trend: found.trend && { ...found.trend, slope: size(found.trend.slope) },
      });
    };

    test.each([-1000.25, 0.125, 2 ** 30])('after a shift by %d', (shift) => {
      const change = (value: number) => value + shift;
      compare(
        change,
        withUnit(change, (size) => size),
      );
    });

    test.each([2 ** -40, 2, 2 ** 40])('after scaling by %d', (scale) => {
      const change = (value: number) => value * scale;
      compare(change, withUnit(change, change), (given) => ({
        ...given,
        practicalThreshold: given.practicalThreshold * scale,
      }));
    });

    test('upside down after a change of sign', () => {
      const change = (value: number) => 0 - value;
      compare(change, (found) => ({
        ...withUnit(change, change)(found),
        direction: found.direction === 'up' ? 'down' : 'up',
        superiority: expect.closeTo(1 - found.superiority, 12),
      }));
    });
  });

  describe('a value that is no finite number', () => {
    test.each([
      [Number.NaN, 'NaN'],
      [Number.POSITIVE_INFINITY, 'Infinity'],
      [Number.NEGATIVE_INFINITY, '-Infinity'],
      ['3', "'3'"],
      [undefined, 'undefined'],
      [null, 'null'],
      [3n, 'a value of type bigint'],
      [[3], 'a value of type object'],
    ])('%s is refused and leaves the detector as it was', (value, shown) => {
      const detector = new AedDetector(asked);
      for (const good of [1, 2, 3]) detector.push(good);
      const before = JSON.stringify(detector);
      const message = `value at index 3 must be a finite number, got ${shown}`;
      expect(() => detector.push(value as number)).toThrow(new RangeError(message));
      expect(JSON.stringify(detector)).toBe(before);
    });
  });
});
