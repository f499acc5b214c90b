import { AedDetector, type ChangePoint, type DetectorOptions } from '@aed/core';
import type { _Record as StreamRecord } from '@aws-sdk/client-kinesis';

/** A change point with the id of its series. */
export interface SeriesChange extends ChangePoint {
  readonly seriesId: string;
  /** Time of the reading at which it was detected, as the producer wrote it. */
  readonly timestamp: string | number;
}

/** The change points of the series in a stream of records, each record `{ seriesId, timestamp, value }` as JSON. */
export async function* changesOf(
  records: AsyncIterable<StreamRecord>,
  options: DetectorOptions,
  onUnreadable: (record: StreamRecord) => void,
): AsyncGenerator<SeriesChange> {
  const detectors = new Map<string, AedDetector>();
  for await (const record of records) {
    const reading = read(record);
    if (reading === undefined) {
      onUnreadable(record);
      continue;
    }
    const { seriesId, timestamp, value } = reading;
    const detector = detectors.get(seriesId) ?? new AedDetector(options);
    detectors.set(seriesId, detector);
    const change = detector.push(value);
    if (change !== undefined) yield { ...change, seriesId, timestamp };
  }
}

function read({ Data = new Uint8Array() }: StreamRecord) {
  try {
    const { seriesId, timestamp, value } = JSON.parse(new TextDecoder().decode(Data));
    if (typeof seriesId !== 'string' || !Number.isFinite(value)) return undefined;
    return { seriesId, timestamp, value };
  } catch {
    return undefined;
  }
}
