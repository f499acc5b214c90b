import { createWriteStream } from 'node:fs';
import { mkdir, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { UsageError } from '../../../cli/context.ts';
import { cannotWrite } from '../../../cli/file-error.ts';
import { changesFile, changesHeader, readingsHeader } from '../formats/csv.ts';
import type { SyntheticSeries } from './synthesize.ts';
import { generatorName } from './synthetic-set.ts';

const readingsFile = 'readings.csv';
const firstTime = Date.parse('2026-01-01T00:00:00Z');
const minute = 60_000;

interface WriteOptions {
  readonly signal: AbortSignal;
  /** Called after each series with the number written. */
  readonly onSeries?: (done: number) => void;
}

/** The part of a series that is kept in memory after its readings are written. */
type Marked = Pick<SyntheticSeries, 'name' | 'changes'>;

/**
 * Writes annotated series as a folder of the format `csv`, a reading a minute. It holds the values of one series at a time.
 *
 * @returns the series that were written, without their values
 * @throws UsageError if the folder is not empty; FailedError if it cannot be written; the signal's reason if it aborts
 */
export async function writeSet(
  folder: string,
  series: Iterable<SyntheticSeries>,
  { signal, onSeries = () => {} }: WriteOptions,
): Promise<readonly Marked[]> {
  const written: Marked[] = [];
  function* readingRows(): Generator<string> {
    yield line(readingsHeader);
    for (const one of series) {
      yield readingsOf(one);
      written.push({ name: one.name, changes: one.changes });
      onSeries(written.length);
    }
  }
  const [readings, changes] = [join(folder, readingsFile), join(folder, changesFile)];
  await claim(folder);
  try {
    await writeLines(readings, readingRows(), signal);
    await writeLines(changes, [line(changesHeader), ...written.map(changesOf)], signal);
  } catch (error) {
    // A part of a set must not be taken for the whole.
    await Promise.all([readings, changes].map((path) => rm(path, { force: true })));
    signal.throwIfAborted();
    throw cannotWrite(folder, error);
  }
  return written;
}

async function claim(folder: string): Promise<void> {
  const there = await mkdir(folder, { recursive: true })
    .then(() => readdir(folder))
    .catch((error: unknown) => {
      throw cannotWrite(folder, error);
    });
  if (there.length === 0) return;
  throw new UsageError(`--synthesize must name a folder that is empty or does not exist, got '${folder}'`);
}

function writeLines(path: string, lines: Iterable<string>, signal: AbortSignal): Promise<void> {
  return pipeline(Readable.from(lines), createWriteStream(path), { signal });
}

function readingsOf({ name, values }: SyntheticSeries): string {
  return values
    .map((value, index) => line([name, new Date(firstTime + index * minute).toISOString(), String(value)]))
    .join('');
}

/** The rows of a series. Without changes it has one row without a reading. */
function changesOf({ name, changes }: Marked): string {
  const readings = changes.length === 0 ? [''] : changes.map(String);
  return readings.map((reading) => line([name, generatorName, reading])).join('');
}

function line(cells: readonly string[]): string {
  return `${cells.join(',')}\n`;
}
