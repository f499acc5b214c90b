/** A record of the stream. */
export interface SeriesRecord {
  readonly partitionKey: string;
  readonly data: string | Uint8Array;
}

/** The series that is forgotten. */
export const forgotten = 'boiler-7';

/** Series that are not it, however much their names look like it. */
export const lookalikes = [
  'boiler-77',
  'boiler-',
  'Boiler-7',
  'boiler-7 ',
  ' boiler-7',
  'boiler-7/temperature',
  'boiler-7#',
  'boiler-7~',
  'boiler-7\u0000',
  'böiler-7',
  '"boiler-7"',
  'seriesId',
  '🔥',
];

const start = Date.UTC(2026, 0, 1);

/** The value of a reading: the level rises at every fortieth, and falls at the next one. */
export const valueAt = (index: number) => (Math.floor(index / 40) % 2 === 0 ? 0 : 9) + (index % 3);

/** The readings of the forgotten series are quiet in the end, so that its last regime has a chunk. */
const quietFrom = 100;

/** Readings of one series from one index to another one, one a line. */
export function readingsOf(seriesId: string, from: number, to: number): SeriesRecord {
  const lines = Array.from({ length: to - from }, (_, at) =>
    JSON.stringify({
      seriesId,
      timestamp: start + (from + at) * 1000,
      value: readingAt(seriesId, from + at),
    }),
  );
  return { partitionKey: seriesId, data: lines.join('\n') };
}

function readingAt(seriesId: string, index: number): number {
  return seriesId === forgotten && index >= quietFrom ? index % 3 : valueAt(index);
}
