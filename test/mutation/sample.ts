/**
 * Mutates a random share of a part and says which share of these mutants its tests detect, with a 95 % interval.
 *
 * Only these mutants are in the code that is run, which is then about as fast as without any. The same seed takes the same
 * mutants of the same sources. A whole run takes hours: `npx stryker run test/mutation/lambda.json`.
 *
 * Run: npx tsx test/mutation/sample.ts [part: core, lambda, lib or local; default lambda] [share, default 0.1] [seed, default 1] [files]
 */
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { relative } from 'node:path';
import type { Mutant } from '@stryker-mutator/api/core';
import { Stryker } from '@stryker-mutator/core';
import { oneOf, positive, scriptArguments, text } from '../../bench/script-arguments.ts';
import { listMutants } from './list-mutants.ts';

const { part, share, seed, files } = scriptArguments(import.meta.url, {
  part: oneOf(['core', 'lambda', 'lib', 'local'], 'lambda'),
  share: positive(0.1),
  seed: text('1'),
  files: text(),
});

const configFile = `test/mutation/${part}.json`;
const all = await listMutants(
  files === undefined ? JSON.parse(await readFile(configFile, 'utf8')).mutate : [files],
);
const chosen = all.filter((mutant) => uniform(mutant) < share);

const options: ConstructorParameters<typeof Stryker>[0] = {
  configFile,
  mutate: [...new Set(chosen.map(rangeOf))],
  plugins: ['@stryker-mutator/*', './test/mutation/only-sample.js'],
  // A range holds more mutants than the one it was made for.
  checkers: ['sample'],
  sample: chosen.map(({ fileName, location, mutatorName, replacement }) => ({
    fileName,
    location,
    mutatorName,
    replacement,
  })),
  reporters: ['progress-append-only', 'survivors'],
  // Whatever else the machine does: a loop without end is noticed by the number of its rounds.
  timeoutMS: 60_000,
  timeoutFactor: 20,
  dryRunTimeoutMinutes: 60,
  thresholds: { high: 100, low: 0, break: null },
};
const tested = await new Stryker(options).runMutationTest();

const withStatus = (...statuses: string[]) => tested.filter(({ status }) => statuses.includes(status));
const missed = withStatus('Survived', 'NoCoverage');
const detected = withStatus('Killed', 'Timeout').length;
const tried = detected + missed.length;
const [least, most] = wilsonInterval(detected, tried);

console.log(`${part}: ${tried} of ${all.length} mutants, seed ${seed}`);
for (const status of ['Killed', 'Timeout', 'Survived', 'NoCoverage'] as const)
  console.log(`${status}: ${withStatus(status).length}`);
console.log(`Detected: ${percent(detected / tried)}, 95 % interval ${percent(least)} to ${percent(most)}`);

/** From 0 to 1, the same for the same mutant and seed. */
function uniform({ fileName, location, mutatorName, replacement }: Mutant): number {
  const name = JSON.stringify([seed, relative(process.cwd(), fileName), location, mutatorName, replacement]);
  return createHash('sha256').update(name).digest().readUInt32BE() / 2 ** 32;
}

/** Where a mutant lies, as Stryker wants it: lines from 1, columns from 0. */
function rangeOf({ fileName, location: { start, end } }: Mutant): string {
  const path = relative(process.cwd(), fileName);
  return `${path}:${start.line + 1}:${start.column}-${end.line + 1}:${end.column}`;
}

/** Of a share that `hits` of `trials` estimate. Source: Wilson (1927), JASA 22. */
function wilsonInterval(hits: number, trials: number): readonly [number, number] {
  const z2 = 1.959964 ** 2;
  const middle = (hits + z2 / 2) / (trials + z2);
  const half = Math.sqrt(z2 * ((hits * (trials - hits)) / trials + z2 / 4)) / (trials + z2);
  return [middle - half, middle + half];
}

function percent(share: number): string {
  return `${(100 * share).toFixed(1)} %`;
}
