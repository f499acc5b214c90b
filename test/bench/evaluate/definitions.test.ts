import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { covering } from '../../../bench/evaluate/definitions/covering.ts';
import { agreement } from '../../../bench/evaluate/definitions/f1.ts';
import { truePositives } from '../../../bench/evaluate/definitions/true-positives.ts';
import { windowCounts } from '../../../bench/evaluate/definitions/windows.ts';

const length = 40;
const places = fc.uniqueArray(fc.integer({ min: 0, max: length - 1 }), { maxLength: 8 });
const annotators = fc.array(places, { minLength: 1, maxLength: 4 });
const margins = fc.integer({ min: 0, max: 6 });

describe('true positives', () => {
  test.each<[string, number[], number[], [number, number][]]>([
    [
      'each takes the nearest place',
      [1, 10, 20, 23],
      [3, 8, 20],
      [
        [1, 3],
        [10, 8],
        [20, 20],
      ],
    ],
    ['of two equally near, the earlier one', [10], [8, 12], [[10, 8]]],
    ['a place finds one change only', [20, 23], [21], [[20, 21]]],
    ['a margin is the largest distance', [10, 30], [15, 36], [[10, 15]]],
    ['the nearest, though the other way more would be found', [5, 12], [0, 8], [[5, 8]]],
    ['no place, none', [1, 2, 3], [], []],
    ['no change, none', [], [1, 2, 3], []],
  ])('%s', (_, truth, reported, expected) => {
    expect([...truePositives(truth, reported, 5)]).toEqual(expected);
  });

  test('do not depend on the order of either list', () => {
    fc.assert(
      fc.property(places, places, margins, (truth, reported, margin) => {
        const turned = truePositives(truth.toReversed(), reported.toReversed(), margin);
        expect(turned).toEqual(truePositives(truth, reported, margin));
      }),
    );
  });

  test('are the same with a margin of the length and with any larger one', () => {
    fc.assert(
      fc.property(places, places, fc.constantFrom(length + 1, 1e6, 1e12), (truth, reported, margin) => {
        expect(truePositives(truth, reported, margin)).toEqual(truePositives(truth, reported, length));
      }),
    );
  });

  test('are those of the definition, whether the places are many or few beside the margin', () => {
    const nearestFirst = (change: number) => (a: number, b: number) =>
      Math.abs(a - change) - Math.abs(b - change) || a - b;
    fc.assert(
      fc.property(places, places, fc.integer({ min: 0, max: length }), (truth, reported, margin) => {
        const free = new Set(reported);
        const expected = truth
          .toSorted((a, b) => a - b)
          .flatMap((change): [number, number][] => {
            const [place] = [...free].sort(nearestFirst(change));
            if (place === undefined || Math.abs(place - change) > margin) return [];
            free.delete(place);
            return [[change, place]];
          });
        expect([...truePositives(truth, reported, margin)]).toEqual(expected);
      }),
    );
  });

  test('are pairs within the margin, each place in one pair, and none is left that could be added', () => {
    fc.assert(
      fc.property(places, places, margins, (truth, reported, margin) => {
        const found = truePositives(truth, reported, margin);
        const used = new Set(found.values());
        expect(used.size).toBe(found.size);
        for (const [change, place] of found) expect(Math.abs(change - place)).toBeLessThanOrEqual(margin);
        const isNear = (change: number) =>
          reported.some((place) => !used.has(place) && Math.abs(change - place) <= margin);
        expect(truth.filter((change) => !found.has(change) && isNear(change))).toEqual([]);
      }),
    );
  });
});

describe('F1', () => {
  test.each<[string, number[][], number[], number, number]>([
    // 5 takes place 10, and 10 itself finds nothing more: all three places find something all the same.
    ['four annotators, all of whose changes are near', [[10, 20], [11, 20], [10], [0, 5]], [10, 20], 1, 1],
    ['one of three marked nothing, one something else', [[], [10], [50]], [10], 1, 5 / 6],
    ['nothing reported', [[], [10], [50]], [], 1, 2 / 3],
    ['one place too many', [[10]], [10, 30], 2 / 3, 1],
    ['one place off by more than the margin', [[10]], [16], 1 / 2, 1 / 2],
    ['nothing marked and nothing reported', [[]], [], 1, 1],
  ])('%s', (_, marked, reported, precision, recall) => {
    const found = agreement(marked, reported, 5);
    expect(found.precision).toBeCloseTo(precision, 12);
    expect(found.recall).toBeCloseTo(recall, 12);
    expect(found.f1).toBeCloseTo((2 * precision * recall) / (precision + recall), 12);
  });

  test('lies between 0 and 1, with any annotators in any order', () => {
    fc.assert(
      fc.property(annotators, places, margins, (marked, reported, margin) => {
        const { f1, precision, recall } = agreement(marked, reported, margin);
        for (const one of [f1, precision, recall]) {
          expect(one).toBeGreaterThan(0);
          expect(one).toBeLessThanOrEqual(1);
        }
        expect(agreement(marked.toReversed(), reported, margin).f1).toBeCloseTo(f1, 12);
      }),
    );
  });

  test('is 1 for what the only annotator marked, and no place that an annotator marked lowers the precision', () => {
    fc.assert(
      fc.property(annotators, margins, (marked, margin) => {
        const [first = []] = marked;
        expect(agreement([first], first, margin).f1).toBe(1);
        expect(agreement(marked, first, margin).precision).toBe(1);
      }),
    );
  });
});

describe('covering', () => {
  test.each<[string, number[][], number[], number, number]>([
    // 1; then (10 + 35 · 25/35) / 45; then (5 · 5/10 + 40 · 25/40) / 45.
    ['three annotators', [[10, 20], [10], [0, 5]], [10, 20], 45, (1 + 35 / 45 + 27.5 / 45) / 3],
    ['half of a series that does not change', [[]], [3], 6, 1 / 2],
    ['stretches across each other', [[3]], [2, 4], 6, 2 / 3],
    ['one stretch for four', [[1, 2, 3]], [], 6, 1 / 3],
    ['a place at the first point changes nothing', [[0, 2]], [2], 4, 1],
  ])('%s', (_, marked, reported, points, expected) => {
    expect(covering(marked, reported, points)).toBeCloseTo(expected, 12);
  });

  test('is what sets of points say by the definition', () => {
    fc.assert(
      fc.property(annotators, places, (marked, reported) => {
        expect(covering(marked, reported, length)).toBeCloseTo(coveringOfSets(marked, reported), 12);
      }),
    );
  });

  test('of a report of nothing is the sum of the squared shares of the stretches', () => {
    fc.assert(
      fc.property(places, (marked) => {
        const squares = partition(marked).map((part) => (part.size / length) ** 2);
        expect(covering([marked], [], length)).toBeCloseTo(
          squares.reduce((sum, one) => sum + one, 0),
          12,
        );
      }),
    );
  });

  test('is 1 for what the only annotator marked, at most 1 else, with annotators in any order', () => {
    fc.assert(
      fc.property(annotators, places, (marked, reported) => {
        expect(covering([reported], reported, length)).toBe(1);
        const covered = covering(marked, reported, length);
        expect(covered).toBeGreaterThan(0);
        expect(covered).toBeLessThanOrEqual(1);
        expect(covering(marked.toReversed(), reported, length)).toBeCloseTo(covered, 12);
      }),
    );
  });

  function coveringOfSets(marked: readonly number[][], reported: readonly number[]): number {
    const given = partition(reported);
    const parts = marked.flatMap((changes) =>
      partition(changes).map((part) => part.size * Math.max(...given.map((other) => jaccard(part, other)))),
    );
    return parts.reduce((sum, part) => sum + part, 0) / length / marked.length;
  }

  function partition(changes: readonly number[]): Set<number>[] {
    const parts = [new Set<number>()];
    for (let index = 0; index < length; index++) {
      if (index > 0 && changes.includes(index)) parts.push(new Set());
      parts.at(-1)?.add(index);
    }
    return parts;
  }

  function jaccard(a: ReadonlySet<number>, b: ReadonlySet<number>): number {
    const common = [...a].filter((index) => b.has(index)).length;
    return common / new Set([...a, ...b]).size;
  }
});

describe('windows', () => {
  const windows = [
    { first: 10, last: 19 },
    { first: 50, last: 59 },
  ];
  const known = (detectedAt: number, changedAt = detectedAt) => ({ changedAt, detectedAt });

  test.each([
    ['nothing reported', [], { found: 0, placed: 0, outside: 0, delays: [] }],
    [
      'the first and the last point are in a window',
      [known(10), known(59)],
      { found: 2, outside: 0, delays: [0, 9] },
    ],
    [
      'twice in a window counts once, by the first one known',
      [known(18), known(13)],
      { found: 1, outside: 0, delays: [3] },
    ],
    [
      'known only after it, though placed in it',
      [known(25, 15)],
      { found: 0, placed: 1, outside: 1, delays: [] },
    ],
    ['known in it, and placed before it', [known(12, 5)], { found: 1, placed: 0, outside: 0, delays: [2] }],
    ['between the windows', [known(9), known(20), known(49)], { found: 0, placed: 0, outside: 3 }],
  ])('%s', (_, reported, expected) => {
    expect(windowCounts(windows, reported)).toMatchObject({ windows: 2, ...expected });
  });

  test('without a window, everything is outside', () => {
    expect(windowCounts([], [known(3)])).toMatchObject({ windows: 0, found: 0, outside: 1 });
  });
});
