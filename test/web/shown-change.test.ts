import { detectChangePoints } from '@aed/core';
import { expect, test } from 'vitest';
import { typeset } from '../../lambda/figures.ts';
import { followedChanges } from '../../web/page/opened/followed-changes.ts';
import { foundHere, reported } from '../../web/page/shown-change.ts';
import { aChangePoint } from '../lambda/a-change-point.ts';

const minute = (of: number) => Date.parse('2025-01-01T00:00:00Z') + of * 60_000;

test('a change point of the service has its interval in epoch milliseconds, its kind and the interval of its size', () => {
  const shown = reported(
    aChangePoint({
      changedFrom: '2025-01-01T00:04:00.000Z',
      changedTo: '2025-01-01T00:06:00.000Z',
      magnitudeInterval: { from: 0.5, to: 1.5 },
      kind: 'shift',
    }),
  );
  expect(shown).toMatchObject({
    changedAt: minute(5),
    interval: { from: minute(4), to: minute(6) },
    moved: { size: '+1', sizeRange: '+0.5 … +1.5' },
    kind: 'shift',
  });
});

test('one that was stored before there were any has none', () => {
  const shown = reported(aChangePoint());
  expect(shown).toMatchObject({ changedAt: minute(5), moved: { size: '+1', sizeRange: undefined } });
  for (const field of ['interval', 'kind']) expect(shown).not.toHaveProperty(field);
});

test('a change point that the browser found has them too, at the times of its readings', () => {
  const values = Array.from({ length: 60 }, (_, index) => (index < 30 ? 1 : 9) + (index % 7) / 8);
  const [found] = detectChangePoints(values);
  if (found === undefined) throw new Error('no change point');
  expect(
    foundHere(
      found,
      values.map((_, index) => minute(index)),
      0.01,
    ),
  ).toMatchObject({
    changedAt: minute(30),
    interval: { from: minute(30), to: minute(30) },
    kind: found.kind,
    before: found.before.median,
    moved: { levels: typeset.levels(found.before.median, found.after.median) },
  });
});

test('the topic does not say who acknowledged a change, and the table says also that nobody does any more', () => {
  const changes = followedChanges();
  const found = aChangePoint();
  const acknowledged = { ...found, acknowledgedAt: '2025-01-02T00:00:00.000Z', acknowledgedBy: 'Ada' };
  expect(changes.take([acknowledged])).toEqual([acknowledged]);
  expect(changes.hear([{ found, heardAt: 0 }])).toEqual([]);
  expect([changes.unacknowledged, changes.shown[0]?.standing]).toMatchObject([
    0,
    { by: 'Ada', isTold: true, acknowledgedAt: '2025-01-02T00:00:00.000Z' },
  ]);
  changes.take([found]);
  expect([changes.unacknowledged, changes.shown[0]?.standing?.by]).toEqual([1, undefined]);
});
