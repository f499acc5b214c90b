import { detectChangePoints } from '@aed/core';
import type { PutEvent } from '../../cli/produce/stream-entry.ts';

/** One reading to put into the stream. */
export interface LoadEvent extends PutEvent {
  readonly timestamp: number;
  readonly value: number;
  readonly eventId: string;
}

/** Readings of a series at one level. */
const levelLength = 150;
/** Distance of the two levels, in standard deviations of the noise. */
const shift = 10;
/** In the same unit. */
export const practicalThreshold = 3;

/** The k-th reading over all series, which take turns. */
export function loadEvent(k: number, series: number, timestamp: number): LoadEvent {
  const of = k % series;
  return {
    seriesId: `series ${of}`,
    timestamp,
    value: valueAt(of, Math.floor(k / series)),
    eventId: String(k).padStart(12, '0'),
  };
}

/** A value of a series that alternates between two levels. The series change at different times. The noise is the same in every run. */
function valueAt(series: number, reading: number): number {
  const level = Math.floor((reading + ((series * 37) % levelLength)) / levelLength) % 2;
  const noise = [0, 1, 2].map((part) => chance(series, reading, part)).reduce((a, b) => a + b) - 1.5;
  return level * shift + 2 * noise;
}

/** Number of change points that the core finds in the first `events` readings over all series. */
export function expectedChangePoints(events: number, series: number): number {
  let found = 0;
  for (let of = 0; of < Math.min(series, events); of++) {
    const readings = Math.ceil((events - of) / series);
    const values = Array.from({ length: readings }, (_, reading) => valueAt(of, reading));
    found += detectChangePoints(values, { practicalThreshold }).length;
  }
  return found;
}

/** Uniform in [0, 1), and a function of its arguments only: a hash of three integers, mixed as in MurmurHash3. */
function chance(series: number, reading: number, part: number): number {
  let hash =
    Math.imul(series + 1, 0x9e3779b1) ^ Math.imul(reading + 1, 0x85ebca6b) ^ Math.imul(part + 1, 0xc2b2ae35);
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return ((hash ^ (hash >>> 16)) >>> 0) / 2 ** 32;
}
