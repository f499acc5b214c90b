/**
 * Measures two cores in one process, and prints the times as JSON. bench/old-beside-new.ts starts it.
 *
 * Arguments: the revision that is old, the number of rounds, and both ages, in the order in which they are loaded.
 */
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import type { ChangePoint } from '@aed/core';
import { buildSync } from 'esbuild';
import { sourcesOfRevision } from '../revision.ts';
import { type Core, type Work, works } from './core-works.ts';

export type Age = 'old' | 'new';
export type Times = Readonly<Record<Age, number[]>>;

export interface Measured {
  readonly times: Times;
  readonly isSameAnswer: boolean;
}

const root = fileURLToPath(new URL('../..', import.meta.url));
const [revision = '', rounds = '', ...order] = process.argv.slice(2);
/** Rounds that are not counted. */
const warmUp = 5;

process.stdout.write(JSON.stringify(measure(await loadBoth(order as Age[]))));

async function load(sources: string, folder: string, name: string): Promise<Core> {
  const outfile = join(folder, `${name}.mjs`);
  buildSync({
    entryPoints: [join(sources, 'core/src/index.ts')],
    bundle: true,
    format: 'esm',
    target: 'es2022',
    outfile,
  });
  return import(pathToFileURL(outfile).href);
}

/** Loads the core of the other revision and that of the working tree, in the given order. */
async function loadBoth(order: readonly Age[]): Promise<readonly (readonly [Age, Core])[]> {
  const old = sourcesOfRevision(revision, 'core/src');
  const loaded: (readonly [Age, Core])[] = [];
  for (const age of order) {
    const sources = age === 'old' ? old : root;
    loaded.push([age, await load(sources, old, age)]);
  }
  return loaded;
}

/** Processor time a point, in nanoseconds. Other work on the machine disturbs it less than elapsed time. */
function nanoseconds(core: Core, work: Work, points: number): number {
  const repetitions = Math.ceil(10_000 / points);
  const start = process.cpuUsage();
  for (let count = 0; count < repetitions; count++) work(core);
  const { user, system } = process.cpuUsage(start);
  return (1000 * (user + system)) / (repetitions * points);
}

/** The times of each work, round by round. */
function measure(cores: readonly (readonly [Age, Core])[]): Measured[] {
  return works().map(([, points, work]) => {
    const [answer, other] = cores.map(([, core]) => where(work(core)));
    const times: Times = { old: [], new: [] };
    for (let round = 0; round < warmUp + Number(rounds); round++) {
      for (const [age, core] of round % 2 === 0 ? cores : cores.toReversed()) {
        const time = nanoseconds(core, work, points);
        if (round >= warmUp) times[age].push(time);
      }
    }
    return { times, isSameAnswer: answer === other };
  });
}

/** Where changes were found, and when. Revisions differ in what else they say of them. */
function where(answer: unknown): string {
  const places = (found: Partial<ChangePoint>) => [found.changedAt, found.detectedAt];
  return JSON.stringify(Array.isArray(answer) ? answer.map(places) : []);
}
