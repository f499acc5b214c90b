import { processingLimits } from '../../lambda/processing-limits.ts';
import { seriesOfField } from '../../lambda/reading/series-of-field.ts';
import type { EventReading } from '../../lambda/record/event-reading.ts';
import { idText } from '../../lambda/record/id-text.ts';

/**
 * The series of a piece of a record: an event, or what should have been one.
 *
 * The recorder names the series of an event. A piece that it refused may name one all the same: in the field of the series, also where the text
 * around it is no JSON. What names none counts as of the series that its partition key names, since most producers put a record under it.
 *
 * @param piece - the text of a JSON object, of a line, or of anything else
 * @returns at least one name, which may be of no series
 */
export function namedSeries(piece: string, partitionKey: string, reading: EventReading): readonly string[] {
  const value = parsed(piece);
  if (reading.seriesId === undefined) return ofValues(partitionKey, value, reading);
  const name = idText(reading.seriesId(value), processingLimits.seriesIdBytes);
  if (name !== undefined) return ofValues(name, value, reading);
  const written = value === undefined ? namesIn(piece, reading.names.seriesId) : [];
  return written.length > 0 ? written : [partitionKey];
}

/** With several values an object is of as many series. */
function ofValues(name: string, value: unknown, { values }: EventReading): readonly string[] {
  return values.areSeries ? values.of(value).map(({ field }) => seriesOfField(name, field)) : [name];
}

/** The texts and whole numbers that follow the name of a field, in what may be a piece of JSON. */
function namesIn(piece: string, field: string): readonly string[] {
  const own = JSON.stringify(field.slice(field.lastIndexOf('.') + 1));
  const escaped = own.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&');
  const found = piece.matchAll(new RegExp(`${escaped}\\s*:\\s*("(?:[^"\\\\]|\\\\.)*"|-?\\d+)`, 'g'));
  return [...found].flatMap(([, text = '']) => idText(parsed(text), processingLimits.seriesIdBytes) ?? []);
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
