import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { sensorNetwork } from '../../../cli/datasets/sensor-network.ts';
import { countEvents } from '../../../local/stored.ts';
import { jsonLines } from '../../json-lines.ts';
import { useRuntimeFolder } from '../../use/folder.ts';
import { startAed } from '../aed.ts';
import { runHere } from '../in-process.ts';
import { type LocalService, startLocal, withClients } from '../local-service.ts';
import { changesOfDetect, changesOfService, csvOf } from './compared-changes.ts';

const folder = useRuntimeFolder();

/** The readings of the four motes while steam reaches two of them. */
const readings = sensorNetwork()
  .readings.slice(4 * 2320, 4 * 2470)
  .map(({ seriesId, timestamp, value }) => ({
    seriesId,
    timestamp: Number(timestamp),
    value: Number(value),
  }));

describe('the sensor data in `aed local`, which reads other fields than usual', () => {
  let local: LocalService;
  let file: string;
  beforeAll(async () => {
    file = join(folder, 'motes.csv');
    await writeFile(file, csvOf(readings));
    const fields = [
      '--series-id-field',
      'mote.id',
      '--timestamp-field',
      'mote.at',
      '--value-field',
      'humidity',
    ];
    local = await startLocal('-p', '1', ...fields);
  });
  afterAll(() => local.end('SIGKILL'));

  test('killed midway and put again, no reading is lost or doubled, and the changes are those of `aed detect`', async () => {
    const stored = () => withClients(local.state, countEvents);
    // It would take some 20 s.
    const put = startAed(['put', file, '--rate', '30']);
    await expect.poll(stored, { interval: 100 }).toBeGreaterThan(30);
    expect(await put.end('SIGKILL')).toBeNull();
    expect(await stored()).toBeLessThan(readings.length);

    const again = await runHere(['put', file, '--json']);
    expect(again.error).toBe('');
    expect(jsonLines(again.out).at(-1)).toMatchObject({
      target: 'aed-records',
      put: readings.length,
      series: 4,
    });
    const expected = await changesOfDetect(file, ['-p', '1']);
    expect(expected.length).toBeGreaterThan(5);
    expect(await changesOfService(local, readings.slice(-4), 100)).toEqual(expected);
    expect(await stored()).toBe(readings.length);
  });
});
