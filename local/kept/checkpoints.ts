import { closeSync, constants, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { isObject } from '../../lambda/reading/is-object.ts';
import type { Checkpoints } from '../event-source-mapping/kinesis-source.ts';
import { openPlainFile } from '../plain-file.ts';

/** Checkpoints in a file of the folder. The file is replaced as a whole, so that a crash leaves the old or the new one. */
export function checkpointsIn(folder: string): Checkpoints {
  const file = join(folder, 'recorder-checkpoints.json');
  const places = read(file);
  return {
    last: (shardId) => places[shardId],
    save(shardId, sequenceNumber) {
      places[shardId] = sequenceNumber;
      // What is left of a crash, or a link, is not written into.
      rmSync(`${file}.new`, { force: true });
      writeFileSync(`${file}.new`, JSON.stringify(places), { flag: 'wx' });
      renameSync(`${file}.new`, file);
    },
  };
}

/**
 * The same, but nothing is saved any more once a database has failed: what it took since may be gone at the next start, when other records get the
 * numbers that these had.
 */
export function savedUntil(broken: Promise<never>, { last, save }: Checkpoints): Checkpoints {
  let isBroken = false;
  broken.catch(() => {
    isBroken = true;
  });
  return {
    last,
    save(...place) {
      if (!isBroken) save(...place);
    },
  };
}

function read(file: string): Record<string, string> {
  try {
    const places: unknown = JSON.parse(textOf(file));
    if (isPlaces(places)) return places;
    throw new Error('it does not say how far each shard is read');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return {};
    throw new Error(
      `cannot read ${file}: ${(error as Error).message}; delete it, and all records that the folder keeps are recorded anew, once`,
      { cause: error },
    );
  }
}

function textOf(file: string): string {
  const descriptor = openPlainFile(file, constants.O_RDONLY);
  try {
    return readFileSync(descriptor, 'utf8');
  } finally {
    closeSync(descriptor);
  }
}

function isPlaces(value: unknown): value is Record<string, string> {
  return (
    isObject(value) && Object.values(value).every((place) => typeof place === 'string' && /^\d+$/.test(place))
  );
}
