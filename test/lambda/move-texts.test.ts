import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { SeriesChangePoint } from '../../lambda/change-point.ts';
import { plain, typeset } from '../../lambda/figures.ts';
import { type Move, moveTexts, shownLevels } from '../../lambda/move-texts.ts';
import { subjectFor, textFor } from '../../lambda/notify/message.ts';
import { aChangePoint } from './a-change-point.ts';

const rise: Move = {
  direction: 'up',
  magnitude: 4.1,
  superiority: 0.97,
  before: { median: 20, mean: 20.2 },
  after: { median: 24.1, mean: 24 },
};
const of = (replaced: Partial<Move>) => moveTexts({ ...rise, ...replaced }, plain);

describe('what is said to have moved', () => {
  test('the medians', () => {
    expect(of({ magnitudeInterval: { from: 3.5, to: 4.5 } })).toEqual({
      by: 'median',
      levels: '20 → 24.1',
      size: '+4.1',
      sizeRange: '+3.5 … +4.5',
      sentence: 'rose by 4.1 to a new level',
      since: 'new level since',
    });
  });

  test('the mean of counts, whose medians and whose typical shift stand still', () => {
    const counts = { magnitude: 0, before: { median: 0, mean: 0.12 }, after: { median: 0, mean: 0.38 } };
    expect(of({ ...counts, magnitudeInterval: { from: 0, to: 0 } })).toEqual({
      by: 'mean',
      levels: 'mean 0.12 → 0.38, median unchanged',
      size: 'mean +0.26',
      sizeRange: undefined,
      sentence: 'rose: mean 0.12 → 0.38, median unchanged',
      since: 'new level since',
    });
  });

  test('the mean, where the medians move the other way', () => {
    const { levels, size, sentence } = of({
      before: { median: 1, mean: -48.5 },
      after: { median: 0, mean: 98 },
    });
    expect({ levels, size, sentence }).toEqual({
      levels: 'mean −48.5 → 98, median 1 → 0',
      size: '+4.1',
      sentence: 'rose by 4.1: mean −48.5 → 98, median 1 → 0',
    });
  });

  test('the medians, where they move and the typical shift does not', () => {
    const { levels, size, sentence } = of({
      magnitude: 0,
      before: { median: 0, mean: 0.4 },
      after: { median: 1, mean: 0.7 },
    });
    expect({ levels, size, sentence }).toEqual({
      levels: '0 → 1',
      size: 'median +1',
      sentence: 'rose: median 0 → 1',
    });
  });

  test.each([
    ['fell', { mean: 5 }, { mean: 0.4 }],
    ['is not known', {}, {}],
  ])(
    'neither, where the medians stand still and the mean %s: then how often later readings lie higher',
    (_, a, b) => {
      const heavy = {
        magnitude: 0,
        superiority: 0.62,
        before: { median: 0, ...a },
        after: { median: 0, ...b },
      };
      expect(of(heavy)).toEqual({
        by: 'ranks',
        levels: 'higher in 62 % of pairs, median unchanged',
        size: '0',
        sizeRange: undefined,
        sentence: 'moved up: higher in 62 % of pairs, median unchanged',
        since: 'changed since',
      });
    },
  );

  test('a fall, as a rise', () => {
    const fall = { direction: 'down', magnitude: -2, superiority: 0.1 } as const;
    expect(of({ ...fall, before: { median: 9 }, after: { median: 7 } })).toMatchObject({
      by: 'median',
      size: '−2',
      sentence: 'fell by 2 to a new level',
    });
    expect(of({ ...fall, before: { median: 9, mean: 9 }, after: { median: 9, mean: 8 } }).sentence).toBe(
      'fell by 2: mean 9 → 8, median unchanged',
    );
    expect(of({ ...fall, magnitude: 0, before: { median: 9 }, after: { median: 9 } })).toMatchObject({
      levels: 'lower in 90 % of pairs, median unchanged',
      sentence: 'moved down: lower in 90 % of pairs, median unchanged',
      size: '0',
    });
  });

  test('a typical shift beside ranks, which has an interval', () => {
    const still = { magnitudeInterval: { from: 1, to: 6 }, before: { median: 9 }, after: { median: 9 } };
    expect(of(still)).toMatchObject({
      by: 'ranks',
      size: '+4.1',
      sizeRange: '+1 … +6',
      sentence: 'moved up by 4.1: higher in 97 % of pairs, median unchanged',
    });
  });

  test('a share just above one half is shown above it', () => {
    const still = { median: 0 };
    const { levels } = of({
      direction: 'down',
      superiority: 0.4999,
      magnitude: 0,
      before: still,
      after: still,
    });
    expect(levels).toBe('lower in 50.01 % of pairs, median unchanged');
  });
});

/** Values of every size, often equal or close. */
const value = fc.oneof(
  fc.integer({ min: -2, max: 2 }),
  fc.double({ noNaN: true, noDefaultInfinity: true }),
  fc.integer({ min: -9, max: 9 }).map((step) => 1e9 + step / 1024),
  fc.constantFrom(0, -0, Number.MAX_VALUE, -Number.MAX_VALUE, Number.MIN_VALUE),
);
const level = fc.record({ median: value, mean: value });
/** As the core tells them: direction, superiority and magnitude agree. */
const move = fc
  .record({
    isUp: fc.boolean(),
    size: value,
    share: fc.double({ min: 0.5, max: 1, minExcluded: true, noNaN: true }),
    before: level,
    after: level,
    ends: fc.option(fc.tuple(value, value), { nil: undefined }),
  })
  .map(
    ({ isUp, size, share, before, after, ends }): Move => ({
      direction: isUp ? 'up' : 'down',
      magnitude: isUp ? Math.abs(size) : -Math.abs(size),
      superiority: isUp ? share : 1 - share,
      before,
      after,
      ...(ends && { magnitudeInterval: { from: Math.min(...ends), to: Math.max(...ends) } }),
    }),
  );

/** A number that a text shows, whatever its style. */
const numberIn = (text: string) => Number(text.replaceAll('−', '-').replaceAll(',', ''));

describe.each([
  ['plain', plain],
  ['typeset', typeset],
])('in every text, %s', (_, figures) => {
  test('no infinity, no NaN, no zero with a sign, no ASCII minus; and nothing rises by 0', () => {
    fc.assert(
      fc.property(move, (one) => {
        const { levels, size, sizeRange = '', sentence } = moveTexts(one, figures);
        for (const text of [levels, size, sizeRange, sentence]) {
          expect(text).not.toMatch(/Infinity|∞|NaN|undefined|-/);
          expect(text).not.toMatch(/[+−]0(?![.\d])/);
          expect(text).not.toMatch(/ by 0(?![.\d])/);
        }
      }),
      { numRuns: 500 },
    );
  });

  test('two levels that differ differ in the text, and the shown ones go the way of the change', () => {
    fc.assert(
      fc.property(move, (one) => {
        const { by, levels } = moveTexts(one, figures);
        const { before, after } = shownLevels(one);
        const [, from = '', to = ''] = /^(?:mean )?(\S+) → (\S+?)(?:, median.*)?$/.exec(levels) ?? [];
        if (by === 'ranks') return;
        expect(from).not.toBe(to);
        expect(Math.sign(after - before)).toBe(one.direction === 'up' ? 1 : -1);
        expect(Math.sign(numberIn(to) - numberIn(from))).toBe(one.direction === 'up' ? 1 : -1);
      }),
      { numRuns: 500 },
    );
  });
});

/** The same as the service stores it. */
function inService({ before, after, ...one }: Move): SeriesChangePoint {
  const { before: from, after: to } = aChangePoint();
  return aChangePoint({ ...one, kind: 'shift', before: { ...from, ...before }, after: { ...to, ...after } });
}

test('a message has the same texts, with a digit more', () => {
  fc.assert(
    fc.property(move, (one) => {
      for (const text of [subjectFor(inService(one)), textFor(inService(one))]) {
        expect(text).not.toMatch(/Infinity|NaN|undefined/);
        expect(text).not.toMatch(/[ ][+−-]0(?![.\d])/);
        expect(text).not.toMatch(/ by 0(?![.\d])/);
      }
    }),
    { numRuns: 200 },
  );
});
