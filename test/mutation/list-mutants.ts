import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { Mutant } from '@stryker-mutator/api/core';
import type { Logger } from '@stryker-mutator/api/logging';
import { Instrumenter } from '@stryker-mutator/instrumenter';
import { glob } from 'tinyglobby';

/** Every mutant that Stryker makes of the files that match the patterns. Lines and columns count from 0. */
export async function listMutants(patterns: string[]): Promise<readonly Mutant[]> {
  const paths = (await glob(patterns)).sort();
  const files = paths.map(async (path) => ({
    name: resolve(path),
    mutate: true,
    content: await readFile(path, 'utf8'),
  }));
  const options = { plugins: null, excludedMutations: [], ignorers: [], noHeader: false };
  const { mutants } = await new Instrumenter(silent).instrument(await Promise.all(files), options);
  return mutants;
}

const ignore = () => {};
const never = () => false;
const silent: Logger = {
  isTraceEnabled: never,
  isDebugEnabled: never,
  isInfoEnabled: never,
  isWarnEnabled: never,
  isErrorEnabled: never,
  isFatalEnabled: never,
  trace: ignore,
  debug: ignore,
  info: ignore,
  warn: ignore,
  error: ignore,
  fatal: ignore,
};
