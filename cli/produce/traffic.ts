import { type GeneratedReading, type GeneratorOptions, generateSeries } from './generator.ts';
import type { PutEvent } from './stream-entry.ts';

/** An event as a generator makes it. */
export interface GeneratedEvent extends PutEvent {
  /** Epoch milliseconds. */
  readonly timestamp: number;
  readonly value: number;
}

/** A place where the generator changed something that a detector may notice. */
export interface TrueChange {
  readonly seriesId: string;
  /** Number of the reading in its series, from 0: the first of the new level. */
  readonly reading: number;
  readonly time: string;
  /** Size of the shift; absent at a restart. */
  readonly shift?: number;
}

export interface TrafficOptions extends Partial<GeneratorOptions> {
  /** Names of the series. Each series has its own seed, made from `seed`. */
  readonly seriesIds: readonly string[];
  /** Readings of each series. */
  readonly points: number;
  /** Readings of each series a second. */
  readonly rate: number;
  /** Time of the first readings, epoch milliseconds. */
  readonly startAt: number;
  /** Called with each true change when its event is made. */
  readonly onChange?: (change: TrueChange) => void;
}

/** Timestamps have milliseconds. At a higher rate, readings would share a timestamp. */
const mostReadingsASecond = 1000;

/** Difference between the seeds of neighbouring series. */
const seedStep = 7919;

/**
 * The events of many generated series, in the order of time.
 *
 * @throws RangeError naming the option, its rule and the value: at once, before a caller makes room for the events
 */
export function generateTraffic({
  seriesIds,
  points,
  rate,
  startAt,
  onChange = () => {},
  ...options
}: TrafficOptions): Generator<GeneratedEvent> {
  if (!(rate > 0 && rate <= mostReadingsASecond)) {
    throw new RangeError(
      `rate must be greater than 0 and at most ${mostReadingsASecond} readings a second, got ${rate}`,
    );
  }
  const series = seriesIds.map((seriesId, number) => {
    const readings = generateSeries({ ...options, seed: (options.seed ?? 1) + number * seedStep });
    return { seriesId, readings, next: readings.next().value };
  });
  return inTimeOrder(series, { points, rate, startAt, onChange });
}

interface GeneratedSeries {
  readonly seriesId: string;
  readonly readings: Generator<GeneratedReading, never>;
  next: GeneratedReading;
}

function* inTimeOrder(
  series: readonly GeneratedSeries[],
  {
    points,
    rate,
    startAt,
    onChange,
  }: Required<Pick<TrafficOptions, 'points' | 'rate' | 'startAt' | 'onChange'>>,
): Generator<GeneratedEvent> {
  for (let reading = 0; reading < points; reading++) {
    for (const one of series) {
      const { seriesId, next } = one;
      const event = eventOf(seriesId, next, startAt, rate);
      if (next.shift !== undefined || next.restarted) onChange(changeOf(event, next, reading));
      yield event;
      one.next = one.readings.next().value;
    }
  }
}

function eventOf(seriesId: string, { step, value }: GeneratedReading, startAt: number, rate: number) {
  return { seriesId, timestamp: startAt + Math.round((step * 1000) / rate), value };
}

function changeOf(
  { seriesId, timestamp }: GeneratedEvent,
  { shift }: GeneratedReading,
  reading: number,
): TrueChange {
  const time = new Date(timestamp).toISOString();
  return { seriesId, reading, time, ...(shift !== undefined && { shift }) };
}
