import { detectChangePoints, resolveOptions } from '@aed/core';
import { describe, expect, test } from 'vitest';
import { validationReport } from '../../cli/validate/report.ts';
import { score } from '../../cli/validate/score.ts';
import type { ValidatedChange } from '../../cli/validate/validation.ts';
import { shownLevels } from '../../lambda/move-texts.ts';

/** Readings that make one change, which each of these shows. */
const series = {
  median: (index: number) => (index < 60 ? 0 : 5) + (index % 7),
  // Counts of rare events: both medians are 0.
  mean: (index: number) => (index < 60 ? 0 : Number(index % 5 < 2)),
  // More often higher, while one reading holds the mean up before.
  ranks: (index: number) => (index === 10 ? 1000 : index < 60 ? 0 : Number(index % 5 < 2)),
};

describe('a validation is drawn with the levels that show a change', () => {
  test.each(Object.entries(series))('by the %s', (by, valueAt) => {
    const events = Array.from({ length: 200 }, (_, index) => ({
      seriesId: 's',
      timestamp: 1000 * index,
      value: valueAt(index),
    }));
    const options = resolveOptions();
    const found: readonly ValidatedChange[] = detectChangePoints(
      events.map(({ value }) => value),
      options,
    );
    const [change, ...others] = found;
    if (change === undefined) throw new Error('no change was found');
    expect(others).toEqual([]);
    const shown = shownLevels(change);
    expect(shown.by).toBe(by);
    const whole = score([{ seriesId: 's', reading: 60, time: '', shift: 1 }], found);
    const report = validationReport({
      seriesId: 's',
      seed: 1,
      sd: 1,
      options,
      where: 'a stream',
      events,
      aed: whole,
      service: whole,
      sameOptions: true,
      agrees: true,
    });
    const values = events.slice(change.detectedAt + 1).map(({ value }) => value);
    const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
    const sorted = values.toSorted((a, b) => a - b);
    const [lower = 0, upper = 0] = [(sorted.length - 1) >> 1, sorted.length >> 1].map((rank) => sorted[rank]);
    const [before, after, last] = report.series[0]?.levels.map(({ value }) => value) ?? [];
    expect([before, after]).toEqual([shown.before, shown.after]);
    expect(last).toBeCloseTo(by === 'mean' ? mean : (lower + upper) / 2, 10);
  });
});
