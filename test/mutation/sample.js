import { createHash } from 'node:crypto';

/**
 * A plugin of Stryker that runs a random share of the mutants: it refuses the others as if they did not compile.
 *
 * The same seed takes the same mutants of the same sources. This is JavaScript because Stryker loads it in processes of its own.
 */
class Sample {
  #share;
  #seed;

  constructor({ sample: { share, seed } }) {
    this.#share = share;
    this.#seed = seed;
  }

  async init() {}

  async group(mutants) {
    return [mutants.map(({ id }) => id)];
  }

  async check(mutants) {
    return Object.fromEntries(mutants.map((mutant) => [mutant.id, this.#answerTo(mutant)]));
  }

  #answerTo({ fileName, location, mutatorName, replacement }) {
    const place = [fileName.slice(process.cwd().length), location, mutatorName, replacement];
    const hash = createHash('sha256').update(JSON.stringify([this.#seed, ...place]));
    const uniform = hash.digest().readUInt32BE() / 2 ** 32;
    return uniform < this.#share
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
  properties: {
    sample: {
      type: 'object',
      properties: { share: { type: 'number' }, seed: { type: 'integer' } },
    },
  },
};
