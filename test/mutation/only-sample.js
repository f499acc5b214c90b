import { isDeepStrictEqual } from 'node:util';

/**
 * A plugin of Stryker that runs the mutants of the option `sample`: it refuses the others as if they did not compile.
 *
 * This is JavaScript because Stryker loads it in processes of its own.
 */
class Sample {
  #sample;

  constructor({ sample }) {
    this.#sample = sample;
  }

  async init() {}

  async group(mutants) {
    return [mutants.map(({ id }) => id)];
  }

  async check(mutants) {
    return Object.fromEntries(mutants.map((mutant) => [mutant.id, this.#answerTo(mutant)]));
  }

  #answerTo({ fileName, location, mutatorName, replacement }) {
    const mutant = { fileName, location, mutatorName, replacement };
    return this.#sample.some((one) => isDeepStrictEqual(one, mutant))
      ? { status: 'passed' }
      : { status: 'compileError', reason: 'It is not in the sample.' };
  }
}
Sample.inject = ['options'];

/** Tells each mutant that no test fails for as soon as it is known: one that timed out may be missed on a machine that has other work. */
const survivors = {
  onMutantTested({ status, fileName, location, mutatorName, replacement }) {
    if (status !== 'Survived' && status !== 'NoCoverage' && status !== 'Timeout') return;
    const place = `${fileName}:${location.start.line}:${location.start.column}`;
    console.log(`${status} ${place} ${mutatorName}: ${replacement.replace(/\s+/g, ' ')}`);
  },
};

export const strykerPlugins = [
  { kind: 'Checker', name: 'sample', injectableClass: Sample },
  { kind: 'Reporter', name: 'survivors', value: survivors },
];

export const strykerValidationSchema = {
  properties: { sample: { type: 'array', items: { type: 'object' } } },
};
