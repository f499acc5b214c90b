import { describe, expect, test } from 'vitest';
import { score } from '../../cli/validate/score.ts';

const truth = (reading: number, shift?: number) => ({
  seriesId: 's',
  reading,
  time: '',
  ...(shift !== undefined && { shift }),
});
const change = (changedAt: number, detectedAt: number, direction: 'up' | 'down' = 'up') => ({
  changedAt,
  detectedAt,
  direction,
});

describe('a change point belongs to the newest true change before it was known', () => {
  test.each([
    [
      'found at its place',
      [truth(50, 3)],
      [change(50, 58)],
      { found: 1, missed: 0, spurious: 0, meanDelay: 8, meanLocationError: 0 },
    ],
    [
      'found, placed two too early',
      [truth(50, 3)],
      [change(48, 58)],
      { found: 1, missed: 0, spurious: 0, meanLocationError: 2 },
    ],
    ['nothing found', [truth(50, 3)], [], { found: 0, missed: 1, spurious: 0 }],
    ['before any shift', [truth(50, 3)], [change(10, 20)], { found: 0, missed: 1, spurious: 1 }],
    [
      'in the other direction',
      [truth(50, 3)],
      [change(50, 58, 'down')],
      { found: 0, missed: 1, spurious: 1 },
    ],
    [
      'twice for one shift',
      [truth(50, 3)],
      [change(50, 58), change(70, 80)],
      { found: 1, missed: 0, spurious: 1 },
    ],
    [
      'only after the next shift',
      [truth(50, 3), truth(60, -3)],
      [change(50, 61)],
      { found: 0, missed: 2, spurious: 1 },
    ],
    [
      'a restart that is noticed',
      [truth(50)],
      [change(50, 58, 'down')],
      { found: 0, missed: 0, spurious: 0 },
    ],
    ['a restart that is not noticed', [truth(50)], [], { found: 0, missed: 0, spurious: 0 }],
    [
      'in any order',
      [truth(90, -3), truth(50, 3)],
      [change(90, 99, 'down'), change(50, 57)],
      { found: 2, missed: 0, spurious: 0, meanDelay: 8 },
    ],
  ])('%s', (_, truths, changes, expected) => {
    const { spurious, ...result } = score(truths, changes);
    expect({ ...result, spurious: spurious.length }).toMatchObject(expected);
  });

  test('without a hit there is no mean delay', () => {
    expect(score([truth(50, 3)], []).meanDelay).toBeUndefined();
  });
});
