import { processingLimits } from '../../lambda/processing-limits.ts';
import { parsedJson } from '../../lambda/reading/parsed-json.ts';
import { seriesOfField } from '../../lambda/reading/series-of-field.ts';
import { joinedParts } from '../../lambda/record/divide-text.ts';
import type { EventReading } from '../../lambda/record/event-reading.ts';
import { idText } from '../../lambda/record/id-text.ts';

/**
 * The series of a piece of a record: of an event, of what should have been one, or of several that are joined.
 *
 * @param piece - the text of a JSON object, of a line, or of anything else, without white space around it
 * @returns at least one name, which may be of no series; none if the piece is blank
 */
export function namedSeries(piece: string, partitionKey: string, reading: EventReading): readonly string[] {
  if (piece === '') return [];
  const [first = '', ...more] = joinedParts(piece) ?? [piece];
  return [
    ...seriesOf(first, partitionKey, reading),
    ...more.flatMap((part) =>
      part.startsWith('{') ? seriesOf(part, partitionKey, reading) : writtenSeries(part, reading),
    ),
  ];
}

/**
 * The recorder names the series of an event. A text that it refused may name one all the same: in the field of the series, wherever that is in
 * the text, and also where this is no JSON. What names none counts as of the series that its partition key names, since most producers put a record under it.
 */
function seriesOf(text: string, partitionKey: string, reading: EventReading): readonly string[] {
  const value = parsedJson(text);
  if (reading.seriesId === undefined) return ofValues(partitionKey, value, reading);
  const name = idText(reading.seriesId(value), processingLimits.seriesIdBytes);
  if (name !== undefined) return ofValues(name, value, reading);
  const written = writtenSeries(text, reading);
  return written.length > 0 ? written : [partitionKey];
}

/** With several values an object is of as many series. */
function ofValues(name: string, value: unknown, { values }: EventReading): readonly string[] {
  return values.areSeries ? values.of(value).map(({ field }) => seriesOfField(name, field)) : [name];
}

/** The texts and whole numbers that follow the name of the field of the series, in what may be a piece of JSON. */
function writtenSeries(text: string, { seriesId, names }: EventReading): readonly string[] {
  if (seriesId === undefined) return [];
  const own = JSON.stringify(names.seriesId.slice(names.seriesId.lastIndexOf('.') + 1));
  const escaped = own.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&');
  const found = text.matchAll(new RegExp(`${escaped}\\s*:\\s*("(?:[^"\\\\]|\\\\.)*"|-?\\d+)`, 'g'));
  return [...found].flatMap(([, id = '']) => idText(parsedJson(id), processingLimits.seriesIdBytes) ?? []);
}
