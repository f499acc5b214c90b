import { serviceAnswers } from '../../../cli/service/answers.ts';
import type { SeriesChangePoint } from '../../../lambda/change-point.ts';
import { eventKey, hashEvent } from '../../../lambda/event.ts';
import { jsonLines } from '../../json-lines.ts';
import { runHere } from '../in-process.ts';
import { type LocalService, withClients } from '../local-service.ts';

/** A reading with its time in epoch milliseconds. */
export interface TimedValue {
  readonly seriesId: string;
  readonly timestamp: number;
  readonly value: number;
}

/** The text of a file with these readings. */
export function csvOf(readings: readonly TimedValue[]): string {
  const rows = readings.map(
    ({ seriesId, timestamp, value }) => `${seriesId},${new Date(timestamp).toISOString()},${value}`,
  );
  return `seriesId,timestamp,value\n${rows.join('\n')}\n`;
}

/** The change points that `aed detect` finds in a file. */
export async function changesOfDetect(file: string, flags: readonly string[]): Promise<readonly string[]> {
  const { out } = await runHere(['detect', file, '--json', ...flags]);
  return jsonLines(out)
    .filter(({ type }) => type === 'changePoint')
    .map(({ changedAtTime: changedAt, detectedAtTime: detectedAt, ...rest }) =>
      comparable({ ...rest, changedAt, detectedAt }),
    )
    .sort();
}

/** The change points of a service, once it has tested the newest readings of all series. */
export async function changesOfService(
  { state }: LocalService,
  newest: readonly TimedValue[],
  longestSeconds: number,
): Promise<readonly string[]> {
  const found = await withClients(state, async ({ dynamoDb }) => {
    const answers = newest.map((event) =>
      serviceAnswers(dynamoDb, state.changePointsTable, {
        seriesId: event.seriesId,
        newest: eventKey({ ...event, eventId: hashEvent(event) }),
        longestSeconds,
        signal: new AbortController().signal,
      }),
    );
    return (await Promise.all(answers)).flat();
  });
  return found.map(comparable).sort();
}

/** What both say of a change point, as text. */
function comparable({ seriesId, changedAt, detectedAt, magnitude, pValue }: Comparable): string {
  const times = [changedAt, detectedAt].map((time) => new Date(time).toISOString());
  return [seriesId, ...times, magnitude, pValue].join(' ');
}

type Comparable = Pick<SeriesChangePoint, 'seriesId' | 'changedAt' | 'detectedAt' | 'magnitude' | 'pValue'>;
