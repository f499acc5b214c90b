import { beforeEach, expect, test } from 'vitest';
import { typeset } from '../../../lambda/figures.ts';
import { type Move, moveTexts } from '../../../lambda/move-texts.ts';
import { changesTable } from '../../../web/page/changes-table.ts';
import type { ShownChange } from '../../../web/page/shown-change.ts';
import { openDocument } from './page-document.ts';

const at = (time: string) => Date.parse(`2025-01-${time}Z`);
const rise: Move = {
  direction: 'up',
  magnitude: 8,
  superiority: 1,
  before: { median: 1 },
  after: { median: 9 },
};
const change: ShownChange = {
  direction: 'up',
  changedAt: at('01T23:59:00'),
  detectedAt: at('02T00:05:00'),
  from: at('01T20:00:00'),
  before: 1,
  after: 9,
  moved: moveTexts(rise, typeset),
  pValue: 0.004,
  level: 0.01,
  delay: 6,
};

beforeEach(openDocument);

/** The cells of the only row, by the heads of their columns. */
function rowOf(shown: ShownChange): Record<string, string> {
  changesTable(() => ({ choose() {} }))([shown], 'Change points');
  const heads = [...document.querySelectorAll('th')].map(({ textContent }) => textContent ?? '');
  const cells = [...document.querySelectorAll('#changes td')].map(({ textContent }) => textContent ?? '');
  expect(cells).toHaveLength(heads.length);
  return Object.fromEntries(heads.map((head, index) => [head, cells[index] ?? '']));
}

test('a row shows the kind, where the change may be, and how large', () => {
  const row = rowOf({
    ...change,
    interval: { from: at('01T23:58:30'), to: at('02T00:00:10') },
    moved: moveTexts({ ...rise, magnitudeInterval: { from: 7.5, to: 8.25 } }, typeset),
    kind: 'drift',
  });
  expect(row.kind).toBe('drift');
  expect(row['new level since']).toContain('95 %: 2025-01-01 23:58:30 – 2025-01-02 00:00:10');
  expect(row.size).toBe('▲ +895 %: +7.5 … +8.25');
});

test('within a day the date of an interval stands there once', () => {
  const row = rowOf({ ...change, interval: { from: at('01T23:58:30'), to: at('01T23:59:10') } });
  expect(row['new level since']).toContain('95 %: 2025-01-01 23:58:30 – 23:59:10');
});

test('what was stored before there was any of it has none', () => {
  const row = rowOf(change);
  expect(row.kind).toBe('–');
  expect(Object.values(row).join()).not.toContain('95 %');
});

test('where the medians stand still it shows the means', () => {
  const counts = { magnitude: 0, before: { median: 0, mean: 0.12 }, after: { median: 0, mean: 0.38 } };
  const row = rowOf({ ...change, moved: moveTexts({ ...rise, ...counts }, typeset) });
  expect(row.level).toBe('mean 0.12 → 0.38, median unchanged');
  expect(row.size).toBe('▲ mean +0.26');
});

test.each([
  ['may be acknowledged', {}, true, 'Acknowledge'],
  ['may be taken back', { by: 'Ada', acknowledgedAt: '2025-01-03T00:00:00.000Z' }, true, 'Take back'],
  ['is only shown', { by: 'Ada', acknowledgedAt: '2025-01-03T00:00:00.000Z' }, false, undefined],
  ['is retracted', { isRetracted: true }, true, undefined],
])('what %s', (_, replaced, mayWrite, text) => {
  const standing = { eventKey: 'e', isTold: true, isMuted: false, isRetracted: false, ...replaced };
  const done: string[] = [];
  const writes = {
    acknowledge: () => void done.push('Acknowledge'),
    takeBack: () => void done.push('Take back'),
  };
  const show = changesTable(() => ({ choose() {}, ...(mayWrite && writes) }));
  show([{ ...change, standing }], 'Change points');
  const button = document.querySelector<HTMLButtonElement>('#changes .acknowledge');
  expect(button?.textContent).toBe(text);
  button?.click();
  expect(done).toEqual(text === undefined ? [] : [text]);
});
