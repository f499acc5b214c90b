import { detectChangePoints, resolveOptions } from '@aed/core';
import { expect, test } from 'vitest';
import { nameChangePoint } from '../../../lambda/change-point.ts';
import { subjectFor, textFor } from '../../../lambda/notify/message.ts';
import { textOf } from '../../pages.ts';

const guide = textOf('docs/operations.md');
const options = resolveOptions({ practicalThreshold: 0.5, maxRegimeLength: 10_000 });
/** What the guide lets its reader put. */
const readings = Array.from({ length: 40 }, (_, n) => ({
  eventKey: `2026-01-31T10:${String(n).padStart(2, '0')}:00.000Z#e`,
  value: n < 20 ? 71 : 76,
}));
const found = detectChangePoints(
  readings.map(({ value }) => value),
  options,
).map((one) => nameChangePoint(one, 'boiler-8', readings, 0, options));

test('the first deployment of the guide ends with the e-mail that it shows, and with no other', () => {
  expect(guide).toContain('value: n < 20 ? 71 : 76');
  expect(guide).toContain('-c practicalThreshold=0.5');
  const [, subject, text] = /It has the subject `(.*)` and says:\n\n```text\n(.*?)```/s.exec(guide) ?? [];
  expect([[subject, text]]).toEqual(
    found.map((one) => [subjectFor(one), textFor(one).replace(one.id, '<32 hexadecimal digits>')]),
  );
});

test('the event of the guide has what the bus gets of it', () => {
  const [, event = ''] =
    /```json\n(\{\n {2}"source".*?)```/s.exec(guide.slice(guide.indexOf('**4. See an event'))) ?? [];
  const { source, 'detail-type': type, detail } = JSON.parse(event);
  expect([source, type]).toEqual(['aed', 'Change Point Detected']);
  const { id, changedAt, detectedAt, ...shown } = detail;
  expect([id, changedAt, detectedAt]).toEqual(['…', '…', '…']);
  expect(found).toMatchObject([shown]);
});
