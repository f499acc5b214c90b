/**
 * Prints the change points of the series in a Kinesis stream.
 *
 * Run: npx tsx examples/kinesis-consumer/consume.ts [--stream name] [--threshold 0]
 */
import { parseArgs } from 'node:util';
import { type DetectorOptions, resolveOptions } from '@aed/core';
import { KinesisClient } from '@aws-sdk/client-kinesis';
import { changesOf } from './changes-of.ts';
import { streamOnThisMachine } from './on-this-machine.ts';
import { recordsOf } from './records-of.ts';

try {
  const { values } = parseArgs({
    options: { stream: { type: 'string' }, threshold: { type: 'string', default: '0' } },
  });
  await consume(values.stream, resolveOptions({ practicalThreshold: Number(values.threshold) }));
} catch (error) {
  // An option breaks a rule, or Kinesis refuses. The message says which and why.
  const message = error instanceof Error ? error.message || error.name : String(error);
  console.error(`error: ${message.replaceAll('\n', ' ')}`);
  process.exitCode = 1;
}

async function consume(stream: string | undefined, options: DetectorOptions): Promise<void> {
  const stop = new AbortController();
  process.once('SIGINT', () => stop.abort());

  const source =
    stream === undefined
      ? await streamOnThisMachine()
      : { client: new KinesisClient(), stream, close: async () => {} };
  // The emulator receives no more records.
  const atEnd = stream === undefined ? () => stop.abort() : undefined;
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
}

function unreadable({ SequenceNumber }: { readonly SequenceNumber?: string | undefined }): void {
  console.error(`not a reading, skipped: record ${SequenceNumber}`);
}
