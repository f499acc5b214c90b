import { expect, test } from 'vitest';
import { describeKept, describeReplayed } from '../../cli/quarantine/view.ts';
import { historyText } from '../../cli/service/history-view.ts';
import { readingsText } from '../../cli/service/readings-view.ts';
import { aChangePoint } from '../lambda/a-change-point.ts';

/** As long as a note may be, or an id. */
const long = `${'what somebody knows '.repeat(45)}at last`;

test('a note is shown whole', () => {
  const acknowledgedAt = '2026-01-01T00:00:00.000Z';
  const found = { ...aChangePoint(), acknowledgedAt, acknowledgedBy: 'Ada', note: `${long}\u001b` };
  expect(historyText('s', [], [found])).toContain(`acknowledged by Ada at 2026-01-01T00:00:00Z: ${long} \n`);
});

test('the id of a reading, by which aed correct knows it, is shown whole', () => {
  const time = '2026-01-01T00:00:00.000Z';
  expect(readingsText('s', [{ time, eventKey: `${time}#${long}`, eventId: long, value: 1 }], [])).toContain(
    `│ ${long} │`,
  );
});

test('what is wrong with a record, and why it was not replayed, is said to its end', () => {
  const problems = [{ position: 0, reason: 'bad-value', detail: long }];
  const record = { shardId: '', sequenceNumber: '', partitionKey: '', arrivedAt: '', data: '', problems };
  expect(describeKept('key', { kind: 'record', ...record, problemCount: 1 })).toContain(
    `bad-value: ${long}\n`,
  );
  expect(describeReplayed({ key: 'key', outcome: 'failed', problem: long })).toBe(
    `key: not replayed: ${long}`,
  );
});
