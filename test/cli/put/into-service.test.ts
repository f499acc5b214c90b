import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { sensorNetwork } from '../../../cli/datasets/sensor-network.ts';
import { serviceAnswers } from '../../../cli/service/answers.ts';
import type { SeriesChangePoint } from '../../../lambda/change-point.ts';
import { eventKey, hashEvent } from '../../../lambda/event.ts';
import { countEvents } from '../../../local/stored.ts';
import { jsonLines } from '../../json-lines.ts';
import { useRuntimeFolder } from '../../use/folder.ts';
import { startAed } from '../aed.ts';
import { runHere } from '../in-process.ts';
import { type LocalService, startLocal, withClients } from '../local-service.ts';

const folder = useRuntimeFolder();

/** The readings of the motes while steam reaches two of them. */
const { readings } = sensorNetwork();
const perMote = 300;
const part = readings.slice(4 * 2250, 4 * (2250 + perMote)).map(({ seriesId, timestamp, value }) => ({
  seriesId,
  timestamp: Number(timestamp),
  value: Number(value),
}));
const newest = part.slice(-4);

describe('the sensor data in `aed local`', () => {
  let local: LocalService;
  let file: string;
  beforeAll(async () => {
    file = join(folder, 'motes.csv');
    const rows = part.map(
      ({ seriesId, timestamp, value }) => `${seriesId},${new Date(timestamp).toISOString()},${value}`,
    );
    await writeFile(file, `seriesId,timestamp,value\n${rows.join('\n')}\n`);
    local = await startLocal('-p', '1');
  });
  afterAll(() => local.end('SIGKILL'));

  test('killed midway and put again, no reading is lost or doubled, and the changes are those of `aed detect`', async () => {
    const stored = () => withClients(local.state, countEvents);
    const put = startAed(['put', file, '--rate', '400']);
    await expect.poll(stored, { timeout: 60_000, interval: 100 }).toBeGreaterThan(100);
    await put.end('SIGKILL');
    expect(await stored()).toBeLessThan(part.length);

    const again = await runHere(['put', file, '--json']);
    expect(again.error).toBe('');
    expect(jsonLines(again.out).at(-1)).toMatchObject({ target: 'aed-records', put: part.length, series: 4 });

    const detected = await runHere(['detect', file, '-p', '1', '--json']);
    const expected = jsonLines(detected.out).filter(({ type }) => type === 'changePoint');
    expect(expected.length).toBeGreaterThan(8);
    const found = await withClients(local.state, async ({ dynamoDb }) => {
      const answers = newest.map((event) =>
        serviceAnswers(dynamoDb, local.state.changePointsTable, {
          seriesId: event.seriesId,
          newest: eventKey({ ...event, eventId: hashEvent(event) }),
          longestSeconds: 60,
          signal: new AbortController().signal,
        }),
      );
      return (await Promise.all(answers)).flat();
    });
    const inOrder = (changes: readonly Comparable[]) => changes.map(comparable).sort();
    expect(inOrder(found)).toEqual(
      inOrder(
        expected.map(({ changedAtTime: changedAt, detectedAtTime: detectedAt, ...rest }) => ({
          ...rest,
          changedAt,
          detectedAt,
        })),
      ),
    );
    expect(await stored()).toBe(part.length);
  });
});

type Comparable = Pick<SeriesChangePoint, 'seriesId' | 'changedAt' | 'detectedAt' | 'magnitude' | 'pValue'>;

/** What `aed detect` and a service both say of a change point. */
function comparable({ seriesId, changedAt, detectedAt, magnitude, pValue }: Comparable): string {
  const times = [changedAt, detectedAt].map((time) => new Date(time).toISOString());
  return [seriesId, ...times, magnitude, pValue].join(' ');
}
