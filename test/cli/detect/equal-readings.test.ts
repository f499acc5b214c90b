import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { equalReadings } from '../../../cli/detect/equal-readings.ts';
import { runHere } from '../in-process.ts';

/** Zeros, with ones at every so many readings, more often from the middle on. */
const rare = Array.from({ length: 400 }, (_, index) => (index % (index < 200 ? 20 : 3) === 0 ? 1 : 0));
const column = (values: readonly number[]) => `value\n${values.join('\n')}\n`;

describe('of a file most of whose readings are equal', () => {
  const says = 'note: more than half of the readings are 0: with --practical-threshold only a change of most';

  test('a practical threshold is told to hide how often others come, which is found without it', async () => {
    const hidden = await runHere(['detect', '-', '-p', '0.5'], { input: column(rare) });
    expect(hidden.out).toContain('No change point.');
    expect(hidden.out).toContain(says);
    const shown = await runHere(['detect', '-'], { input: column(rare) });
    expect(shown.out).toContain('1 change point');
    expect(shown.out).not.toContain('more than half');
  });

  test('nothing is told where a change is found', async () => {
    const moved = [...rare.slice(0, 200), ...rare.slice(0, 150).map((value) => value + 5)];
    const { out } = await runHere(['detect', '-', '-p', '0.5'], { input: column(moved) });
    expect(out).toContain('1 change point');
    expect(out).not.toContain('more than half');
  });

  test('of several series, the first is named and the others are counted', async () => {
    const input = `seriesId,value\n${['a', 'b'].flatMap((name) => rare.map((value) => `${name},${value}\n`)).join('')}`;
    const { out } = await runHere(['detect', '-', '-p', '0.5'], { input });
    expect(out).toContain("more than half of the readings are 0 in 'a', and likewise in 1 other:");
  });

  test.each<[string, readonly (readonly [string, readonly number[]])[], string]>([
    ['the only series', [['', rare.map(() => 21.5)]], 'note: all 400 readings have the value 21.5\n'],
    ['a series', [['dead', rare.map(() => 21.5)]], "note: 'dead' has the value 21.5 in all 400 readings\n"],
    [
      'several series',
      [
        ['dead', rare.map(() => 21.5)],
        ['off', rare.map(() => 0)],
      ],
      "note: 'dead' has the value 21.5 in all 400 readings, and 1 other series has one value, too\n",
    ],
    [
      'a series beside one of rare events',
      [
        ['dead', rare.map(() => 21.5)],
        ['rare', rare],
      ],
      "are 0 in 'rare': with --practical-threshold only a change of most readings is told; without it, also that other values come more often; 'dead' has the value 21.5 in all 400 readings\n",
    ],
  ])('one value in all readings of %s is told as that', async (_, series, note) => {
    const rows = series.flatMap(([name, values]) => values.map((value) => `${name},${value}\n`));
    const { out } = await runHere(['detect', '-', '-p', '0.5'], {
      input: `seriesId,value\n${rows.join('')}`,
    });
    expect(out).toContain(note);
  });
});

test('a majority is never claimed that is none, and one of three quarters that is spread evenly is seen', () => {
  const readings = fc.array(fc.integer({ min: 0, max: 2 }), { minLength: 50, maxLength: 200 });
  fc.assert(
    fc.property(readings, fc.integer({ min: 0, max: 4 }), (values, zeros) => {
      const all = values.flatMap((value) => [...Array<number>(zeros).fill(0), value]);
      const equals = equalReadings();
      const series = equals.follow('');
      for (const value of all) series.push(value);
      const most = Math.max(...[0, 1, 2].map((one) => all.filter((value) => value === one).length));
      const isClaimed = equals.note() !== undefined;
      if (2 * most <= all.length) expect(isClaimed).toBe(false);
      if (zeros >= 3) expect(isClaimed).toBe(true);
    }),
  );
});
