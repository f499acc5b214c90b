/**
 * Compares the cost of a point between the core of another revision (old) and the core of the working tree (new).
 *
 * Method: a process bundles and loads both cores. They process the same series in turn. The rounds alternate which core begins, so
 * that other work on the machine slows both. The core that is loaded first is often a little faster, so a second process loads
 * them in the other order. The table has, for each core, the least and the median processor time a point, as geometric means over
 * both processes, and the ratios new : old. Above 1 the new core is slower. Where the answers of both differ, the work does too: regimes
 * of other lengths are tested.
 *
 * Run: npx tsx bench/old-beside-new.ts [revision, default HEAD] [rounds, default 100]
 */
import { execFileSync } from 'node:child_process';
import { cpus } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import type { ChangePoint, DetectorOptions } from '@aed/core';
import { buildSync } from 'esbuild';
import { sourcesOfRevision } from './revision.ts';
import { changing, quiet, quietSeed } from './speed/series.ts';

type Core = Pick<typeof import('@aed/core'), 'AedDetector' | 'detectChangePoints'>;
type Work = (core: Core) => unknown;

const root = fileURLToPath(new URL('..', import.meta.url));
const [revision = 'HEAD', rounds = '100', ...order] = process.argv.slice(2);
/** Rounds that are not counted. */
const warmUp = 5;

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

type Age = 'old' | 'new';
type Times = Readonly<Record<Age, number[]>>;

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

type Works = readonly (readonly [name: string, points: number, work: Work])[];

/**
 * With a practical threshold. Of the two series with ties one has differences that are the threshold as written alone, the other as doubles,
 * too. A threshold between two steps of the first lets both cores answer the same.
 */
function thresholdWorks(): Works {
  const tests: readonly DetectorOptions[] = [
    { statistic: 'mpp' },
    { statistic: 'scan', falseAlarmEvery: 10_000_000 },
  ];
  return [1000, 10_000].flatMap((points) => {
    const normal = quiet(points, quietSeed);
    const whole = normal.map((value) => Math.round(200 + 5 * value));
    return tests.flatMap((test) =>
      [
        { name: 'normal', series: normal, practicalThreshold: 1 },
        { name: 'tenths', series: whole.map((value) => value / 10), practicalThreshold: 0.3 },
        { name: 'tenths', series: whole.map((value) => value / 10), practicalThreshold: 0.35 },
        { name: 'whole', series: whole, practicalThreshold: 3 },
      ].map(({ name, series, practicalThreshold }) => {
        const work: Work = (core) => core.detectChangePoints(series, { ...test, practicalThreshold });
        return [
          `${test.statistic}, ${name}, δ ${practicalThreshold}, ${points} points`,
          points,
          work,
        ] as const;
      }),
    );
  });
}

function works(): Works {
  const quietWorks = [100, 1000, 10_000, 100_000].flatMap((points) =>
    [0, 1].map((practicalThreshold) => {
      const series = quiet(points, quietSeed);
      const work: Work = (core) => core.detectChangePoints(series, { practicalThreshold });
      return [`quiet, δ ${practicalThreshold}, ${points} points`, points, work] as const;
    }),
  );
  const changingWorks = [200, 2000].map((every) => {
    const series = changing(20_000, every, quietSeed);
    const work: Work = (core) => core.detectChangePoints(series);
    return [`a change every ${every}, 20000 points`, series.length, work] as const;
  });
  const regime = quiet(10_000, quietSeed);
  const restore: Work = ({ AedDetector }) => {
    const { options, version } = new AedDetector().toJSON();
    const restored = AedDetector.fromJSON({ version, options, regimeStart: 0, regime: [...regime] });
    return AedDetector.fromBytes(restored.toBytes()).push(0);
  };
  return [
    ...quietWorks,
    ...thresholdWorks(),
    ...changingWorks,
    ['saved and restored, 10000 points', regime.length, restore],
  ];
}

const median = (values: readonly number[]) =>
  values.toSorted((a, b) => a - b)[values.length >> 1] ?? Number.NaN;

/** Processor time a point, in nanoseconds. Other work on the machine disturbs it less than elapsed time. */
function nanoseconds(core: Core, work: Work, points: number): number {
  const repetitions = Math.ceil(10_000 / points);
  const start = process.cpuUsage();
  for (let count = 0; count < repetitions; count++) work(core);
  const { user, system } = process.cpuUsage(start);
  return (1000 * (user + system)) / (repetitions * points);
}

interface Measured {
  readonly times: Times;
  readonly isSameAnswer: boolean;
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

/** Measures in a process of its own. */
function measureApart(...order: readonly Age[]): Measured[] {
  const script = ['--import', 'tsx', fileURLToPath(import.meta.url), revision, rounds, ...order];
  return JSON.parse(execFileSync(process.execPath, script, { encoding: 'utf8' }));
}

const least = (values: readonly number[]) => Math.min(...values);
const both = (a: number, b: number) => Math.sqrt(a * b);

function rowOf(name: string, oldFirst: Measured, newFirst: Measured) {
  const row = (of: (values: readonly number[]) => number) => {
    const [before, after] = (['old', 'new'] as const).map((age) =>
      both(of(oldFirst.times[age]), of(newFirst.times[age])),
    );
    return [before, after].map((time = Number.NaN) => Math.round(time)).concat((after ?? 0) / (before ?? 0));
  };
  const [oldLeast, newLeast, ratioOfLeast] = row(least);
  const [oldMedian, newMedian, ratioOfMedians] = row(median);
  return {
    work: name,
    answers: oldFirst.isSameAnswer ? 'same' : 'differ',
    'old, least ns': oldLeast,
    'new, least ns': newLeast,
    'ratio of least': ratioOfLeast?.toFixed(3),
    'old, median ns': oldMedian,
    'new, median ns': newMedian,
    'ratio of medians': ratioOfMedians?.toFixed(3),
  };
}

if (order.length > 0) process.stdout.write(JSON.stringify(measure(await loadBoth(order as Age[]))));
else {
  const [oldFirst, newFirst] = [measureApart('old', 'new'), measureApart('new', 'old')];
  process.stdout.write(
    `Node ${process.version}, ${cpus().length} × ${cpus()[0]?.model}; ${revision} beside the working tree, ${rounds} rounds\n`,
  );
  console.table(
    works().map(([name], index) => {
      const [first, second] = [oldFirst[index], newFirst[index]];
      return first && second && rowOf(name, first, second);
    }),
  );
}
