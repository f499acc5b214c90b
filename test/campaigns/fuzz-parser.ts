/**
 * Runs the parser on many random inputs: bytes, JSON and aggregated records, intact and damaged.
 *
 * Every input must give at least one entry. Each entry must be an event that the table can hold, or a known reason. The parser
 * must not throw, and must not change the prototype of objects. An input that breaks a rule is printed in Base64.
 * Run: npx tsx test/campaigns/fuzz-parser.ts [inputs] [seed]
 */
import { strictEqual } from 'node:assert';
import { wholeNumber } from '../../cli/arguments.ts';
import { isStorable } from '../../lambda/dynamo-number.ts';
import { eventKey } from '../../lambda/event.ts';
import { processingLimits } from '../../lambda/processing-limits.ts';
import { decodeRecord } from '../../lambda/record/decode-record.ts';
import type { Entry } from '../../lambda/record/entry.ts';
import { eventReading } from '../../lambda/record/event-reading.ts';
import { reasons } from '../../lambda/record/reasons.ts';
import { randomOf } from '../core/random.ts';
import { campaignCommand } from './campaign-command.ts';
import { kinds } from './fuzz-inputs.ts';

const command = campaignCommand(
  'npx tsx test/campaigns/fuzz-parser.ts',
  'Runs the parser on random inputs: bytes, JSON and aggregated records, intact and damaged. It must not throw, and must lose no entry.',
)
  .argument('[inputs]', 'number of inputs', wholeNumber(1), 1_000_000)
  .argument('[seed]', 'the same seed gives the same inputs', wholeNumber(0), Date.now() % 2 ** 32)
  .parse();
const [inputs, seed] = command.processedArgs as [number, number];
process.stdout.write(`${inputs} inputs, seed ${seed}\n`);

const rules = { reading: eventReading(), maxFutureSkewMs: 0 };
const arrivedAt = Date.parse('2026-01-01T00:00:00Z');
const random = randomOf(seed);
const seen = new Map<string, number>();
const generators = Object.entries(kinds);

for (let input = 0; input < inputs; input++) {
  const [kind, generate] = generators[input % generators.length] ?? ['bytes', kinds.bytes];
  const data = generate(random);
  try {
    const entries = decodeRecord({ sequenceNumber: '1', partitionKey: 'p', arrivedAt, data }, rules);
    strictEqual(
      entries.length >= 1 && entries.length <= processingLimits.entriesPerRecord,
      true,
      'number of entries',
    );
    for (const entry of entries) count(check(entry));
    strictEqual('polluted' in {}, false, 'the prototype of all objects was changed');
  } catch (error) {
    process.stdout.write(`input ${input} (${kind}): ${Buffer.from(data).toString('base64')}\n`);
    throw error;
  }
}

// Each outcome must occur, otherwise it is not tested.
for (const outcome of ['event', ...reasons]) {
  if (outcome === 'too-many-entries' || outcome === 'too-large' || inputs < 100_000) continue;
  strictEqual(seen.has(outcome), true, `an input must give '${outcome}', and none did`);
}
const total = [...seen.values()].reduce((sum, times) => sum + times, 0);
for (const [outcome, times] of [...seen].sort(([, a], [, b]) => b - a)) {
  process.stdout.write(`${outcome.padEnd(20)} ${times}\n`);
}
process.stdout.write(`${inputs} inputs, ${total} entries: nothing thrown, nothing lost\n`);

/** @returns 'event' or the reason @throws AssertionError if the entry is neither */
function check(entry: Entry): string {
  strictEqual(Number.isInteger(entry.position) && entry.position >= 0, true, 'position');
  if (!entry.ok) {
    strictEqual(reasons.includes(entry.reason), true, `reason ${entry.reason}`);
    return entry.reason;
  }
  const { seriesId, timestamp, value } = entry.event;
  strictEqual(isStorable(value), true, `value ${value}`);
  strictEqual(Object.is(value, -0), false, 'minus zero');
  strictEqual(timestamp <= arrivedAt, true, `timestamp ${timestamp}`);
  const bytes = Buffer.byteLength(seriesId);
  strictEqual(
    seriesId.isWellFormed() && bytes >= 1 && bytes <= processingLimits.seriesIdBytes,
    true,
    'seriesId',
  );
  const key = eventKey(entry.event);
  strictEqual(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z(\+\d{6})?#./su.test(key), true, `key ${key}`);
  strictEqual(Buffer.byteLength(`CP#${key}`) <= processingLimits.sortKeyBytes, true, 'bytes of the key');
  return 'event';
}

function count(outcome: string): void {
  seen.set(outcome, (seen.get(outcome) ?? 0) + 1);
}
