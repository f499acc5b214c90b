import { printable, withoutControls } from '../../lambda/printable.ts';
import type { KnownChangePoint } from '../../lambda/tables/stored-change-point.ts';
import { shortIso } from '../../lambda/times.ts';
import { jsonLine } from '../output.ts';
import { table } from '../table.ts';
import { shownValue } from './correct-reading.ts';
import type { ReadingItem } from './readings-around.ts';

/** Readings as a table for people, with what names each of them to `aed correct`. */
export function readingsText(
  seriesId: string,
  readings: readonly ReadingItem[],
  changePoints: readonly KnownChangePoint[],
): string {
  const rows = readings.map(({ time, eventKey, eventId, value }) => [
    shortIso(time),
    shownValue(value),
    // Whole, since it names the reading.
    withoutControls(eventId),
    marksAt(eventKey, changePoints).join(', '),
  ]);
  return `${table(['time', 'value', 'event id', 'change point'], rows)}
\`aed correct ${printable(seriesId)} TIME VALUE\` gives one of them another value, \`--delete\` deletes it; several of one time are told apart by \`--event-id\`
`;
}

/** A reading as a line of JSON, with the whole key and the value that is stored. */
export function readingLine(seriesId: string, { time, ...reading }: ReadingItem): string {
  return jsonLine({ type: 'reading', seriesId, timestamp: time, ...reading });
}

/** What a reading is to the change points that stand: the first of a new level, or that at which one was known. */
function marksAt(eventKey: string, changePoints: readonly KnownChangePoint[]): readonly string[] {
  const standing = changePoints.filter(({ retractedAt }) => retractedAt === undefined);
  return standing.flatMap((found) => [
    ...(found.changedEventKey === eventKey ? ['new level'] : []),
    ...(found.eventKey === eventKey ? ['known'] : []),
  ]);
}
