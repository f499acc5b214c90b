import { Stryker } from '@stryker-mutator/core';

/**
 * Mutates a random share of a part and says which share of these mutants its tests detect, with a 95 % interval.
 *
 *     npx tsx test/mutation/sample.ts lambda 0.1 1
 *
 * A whole run takes hours: `npx stryker run test/mutation/lambda.json`.
 */
const [part = 'lambda', share = '0.1', seed = '1', ...mutate] = process.argv.slice(2);

const options: ConstructorParameters<typeof Stryker>[0] = {
  configFile: `test/mutation/${part}.json`,
  plugins: ['@stryker-mutator/*', './test/mutation/sample.js'],
  checkers: ['sample'],
  sample: { share: Number(share), seed: Number(seed) },
  reporters: ['progress-append-only', 'survivors'],
  // Whatever else the machine does: a loop without end is noticed by the number of its rounds.
  timeoutMS: 60_000,
  timeoutFactor: 20,
  dryRunTimeoutMinutes: 60,
  thresholds: { high: 100, low: 0, break: null },
  ...(mutate.length > 0 && { mutate }),
};
const all = await new Stryker(options).runMutationTest();

const withStatus = (...statuses: string[]) => all.filter(({ status }) => statuses.includes(status));
const missed = withStatus('Survived', 'NoCoverage');
const detected = withStatus('Killed', 'Timeout').length;
const tried = detected + missed.length;
const [least, most] = wilsonInterval(detected, tried);

console.log(`${part}: ${tried} of ${all.length} mutants, seed ${seed}`);
for (const status of ['Killed', 'Timeout', 'Survived', 'NoCoverage'] as const)
  console.log(`${status}: ${withStatus(status).length}`);
console.log(`Detected: ${percent(detected / tried)}, 95 % interval ${percent(least)} to ${percent(most)}`);

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
