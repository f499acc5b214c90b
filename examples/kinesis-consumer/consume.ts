/**
 * Prints the change points of the series in a Kinesis stream.
 *
 * Run: npx tsx examples/kinesis-consumer/consume.ts [--stream name] [--threshold 0]
 */
import { parseArgs } from 'node:util';
import { KinesisClient } from '@aws-sdk/client-kinesis';
import { changesOf } from './changes-of.ts';
import { streamOnThisMachine } from './on-this-machine.ts';
import { recordsOf } from './records-of.ts';

const { values } = parseArgs({
  options: { stream: { type: 'string' }, threshold: { type: 'string', default: '0' } },
});
const stop = new AbortController();
process.once('SIGINT', () => stop.abort());

const source =
  values.stream === undefined
    ? await streamOnThisMachine()
    : { client: new KinesisClient(), stream: values.stream, close: async () => {} };
// The emulator receives no more records.
const atEnd = values.stream === undefined ? () => stop.abort() : undefined;
const options = { practicalThreshold: Number(values.threshold) };
try {
  const records = recordsOf(source.client, source.stream, stop.signal, atEnd);
  for await (const change of changesOf(records, options, unreadable)) {
    const { seriesId, timestamp, direction, magnitude, before, after } = change;
    console.log(
      `${seriesId} ${direction} by ${Math.abs(magnitude)}, from about ${before.median} to ${after.median}, known at ${timestamp}`,
    );
  }
} finally {
  source.client.destroy();
  await source.close();
}

function unreadable({ SequenceNumber }: { readonly SequenceNumber?: string | undefined }): void {
  console.error(`not a reading, skipped: record ${SequenceNumber}`);
}
