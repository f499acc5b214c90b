import { createWriteStream } from 'node:fs';
import { mkdir, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { FailedError, UsageError } from '../../../cli/context.ts';
import { changesFile, changesHeader, readingsHeader } from '../formats/csv.ts';
import type { SyntheticSeries } from './synthesize.ts';
import { generatorName } from './synthetic-set.ts';

const readingsFile = 'readings.csv';
const firstTime = Date.parse('2026-01-01T00:00:00Z');
const minute = 60_000;

/**
 * Writes annotated series as a folder of the format `csv`: a reading a minute.
 *
 * @throws UsageError if the folder holds something already; FailedError if it cannot be written
 */
export async function writeSet(folder: string, series: readonly SyntheticSeries[]): Promise<void> {
  try {
    await mkdir(folder, { recursive: true });
    if ((await readdir(folder)).length > 0)
      throw new UsageError(
        `--synthesize must name a folder that is empty or does not exist, got '${folder}'`,
      );
    await pipeline(Readable.from(readingRows(series)), createWriteStream(join(folder, readingsFile)));
    await pipeline(Readable.from(changeRows(series)), createWriteStream(join(folder, changesFile)));
  } catch (error) {
    if (error instanceof UsageError) throw error;
    throw new FailedError(`cannot write ${folder}: ${(error as Error).message}`);
  }
}

function* readingRows(series: readonly SyntheticSeries[]): Generator<string> {
  yield line(readingsHeader);
  for (const { name, values } of series) {
    yield values
      .map((value, index) => line([name, new Date(firstTime + index * minute).toISOString(), String(value)]))
      .join('');
  }
}

/** A series without a change has a row without a reading. */
function* changeRows(series: readonly SyntheticSeries[]): Generator<string> {
  yield line(changesHeader);
  for (const { name, changes } of series) {
    const readings = changes.length === 0 ? [''] : changes.map(String);
    yield readings.map((reading) => line([name, generatorName, reading])).join('');
  }
}

function line(cells: readonly string[]): string {
  return `${cells.join(',')}\n`;
}
