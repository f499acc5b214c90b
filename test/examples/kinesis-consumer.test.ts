import { expect, test } from 'vitest';
import { changesOf } from '../../examples/kinesis-consumer/changes-of.ts';
import { runExample } from './run-example.ts';

test('on the emulator it finds what happened to the Nile', async () => {
  const { stdout, stderr } = await runExample('kinesis-consumer/consume.ts');
  expect(stdout).toBe('nile down by 294, from about 1130 to 833, known at 1907-01-01T00:00:00Z\n');
  expect(stderr).toBe('');
});

test('each series has a detector of its own, and what is not a reading is skipped', async () => {
  const record = (text: string) => ({
    SequenceNumber: text,
    Data: Buffer.from(text),
    PartitionKey: 'any',
  });
  async function* records() {
    yield record('{');
    for (let timestamp = 0; timestamp < 40; timestamp++) {
      const value = timestamp < 20 ? 0 : 5;
      yield record(JSON.stringify({ seriesId: 'rises', timestamp, value }));
      yield record(JSON.stringify({ seriesId: 'falls', timestamp, value: -value }));
    }
    yield record('{"seriesId":"rises","timestamp":40,"value":"many"}');
  }
  const unreadable: unknown[] = [];
  const found: unknown[] = [];
  const changes = changesOf(records(), {}, ({ SequenceNumber }) => unreadable.push(SequenceNumber));
  for await (const { seriesId, changedAt, magnitude } of changes)
    found.push([seriesId, changedAt, magnitude]);
  expect(found).toEqual([
    ['rises', 20, 5],
    ['falls', 20, -5],
  ]);
  expect(unreadable).toEqual(['{', '{"seriesId":"rises","timestamp":40,"value":"many"}']);
});
