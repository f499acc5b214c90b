import { parseHTML } from 'linkedom';
import { describe, expect, test } from 'vitest';
import type { AnnotatedSeries, Truth } from '../../../bench/evaluate/annotated.ts';
import { evaluationReport } from '../../../bench/evaluate/evaluation-report.ts';
import { settings } from '../../../bench/evaluate/settings.ts';
import { renderHtml } from '../../../cli/report/html.ts';
import type { Report } from '../../../cli/report/report.ts';
import { renderSvg } from '../../../cli/report/svg.ts';

const missing = Number.NaN;

function reportOf(...series: readonly AnnotatedSeries[]): Report {
  const [setting] = settings();
  if (setting === undefined) throw new Error('there is no setting');
  return evaluationReport({ title: 'some', series, leftOut: [] }, [], 5, setting);
}

function marked(values: readonly number[], ...changes: readonly number[]): AnnotatedSeries {
  const truth: Truth = { kind: 'changes', annotators: [{ name: 'one', changes }] };
  return { name: 'some', group: undefined, values, truth };
}

const level = (length: number) => Array.from({ length }, (_, index) => 1000 + (index % 3));

test.each([
  [50, undefined, 38],
  [64, 14, 52],
])('of %i series, each form counts those that it does not draw', (count, onPage, inPicture) => {
  const report = reportOf(...Array.from({ length: count }, () => marked(level(20))));
  const further = / (\d+) more series/g;
  const counts = (text: string) => [...text.matchAll(further)].map(([, number]) => Number(number));
  expect(counts(renderHtml(report))).toEqual(onPage === undefined ? [] : [onPage]);
  expect(counts(renderSvg(report))).toEqual([inPicture]);
});

describe('missing values', () => {
  test('break the line', () => {
    const values = level(60).map((value, index) => (index % 20 === 10 ? missing : value));
    const { y } = reportOf(marked(values)).series[0]?.points ?? { y: [] };
    expect(y.filter((value) => value === null)).toHaveLength(3);
  });

  test.each([
    ['at the end', [...level(40), ...Array(9).fill(missing)], 45, 1000],
    ['at the start', [...Array(9).fill(missing), ...level(40)], 3, 1000],
    ['in the middle', [...level(20), ...Array(9).fill(missing), ...level(20)], 24, 1000],
  ])('%s have their places, and marks there the height of a value', (_, values, place, height) => {
    const [{ points, marks } = { points: undefined, marks: [] }] = reportOf(marked(values, place)).series;
    expect([points?.x[0], points?.x.at(-1)]).toEqual([0, values.length - 1]);
    expect(marks.filter(({ kind }) => kind === 'marked')).toEqual([{ kind: 'marked', x: place, y: height }]);
  });
});

describe('windows', () => {
  const truth: Truth = { kind: 'windows', windows: [{ first: 5, last: 12 }] };
  const report = reportOf({ ...marked(level(40)), truth });

  test('are shaded, and not marked like changes', () => {
    expect(report.series[0]).toMatchObject({ windows: [{ from: 5, to: 12 }], marks: [] });
    const { document } = parseHTML(renderHtml(report));
    expect([...document.querySelectorAll('.legend li')].map((item) => item.textContent?.trim())).toEqual([
      'marked window',
    ]);
    // Once in the legend, once in the plot.
    expect(renderSvg(report).match(/fill="#1f77b4"/g)).toHaveLength(2);
  });

  test('have no margin in what is said of them', () => {
    expect(report.notes.join(' ')).not.toMatch(/off by|±/);
    expect(reportOf(marked(level(40))).notes.join(' ')).toMatch(/off by 5 points.*±/);
  });
});
