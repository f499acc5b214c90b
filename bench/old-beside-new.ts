/**
 * What a point costs with the core of another revision and with this one, in one process.
 *
 * Method: both cores are bundled and loaded, each twice. They take the same series in turn, in rounds that run forwards or backwards, so
 * that whatever else the machine does slows both. The table has the least and the median time a point of each core, and their
 * ratios: above 1 the new core is slower.
 *
 * Run: npx tsx bench/old-beside-new.ts [revision, HEAD if none] [rounds, 100 if none]
 */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { buildSync } from 'esbuild';
import { changing, quiet, quietSeed } from './speed/series.ts';

type Core = Pick<typeof import('@aed/core'), 'AedDetector' | 'detectChangePoints'>;
type Work = (core: Core) => unknown;

const root = fileURLToPath(new URL('..', import.meta.url));
const [revision = 'HEAD', rounds = '100'] = process.argv.slice(2);

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

/** The core of another revision and that of the working tree, each twice: the one that is loaded later is often a little slower. */
async function loadAll(): Promise<readonly (readonly [Age, Core])[]> {
  const folder = mkdtempSync(join(tmpdir(), 'aed-core-'));
  const archive = execFileSync('git', ['archive', revision, 'core/src'], { cwd: root, maxBuffer: 2 ** 26 });
  execFileSync('tar', ['-x', '-C', folder], { input: archive });
  const loaded: (readonly [Age, Core])[] = [];
  for (const [index, age] of (['old', 'new', 'new', 'old'] as const).entries()) {
    loaded.push([age, await load(age === 'old' ? folder : root, folder, `${index}`)]);
  }
  rmSync(folder, { recursive: true });
  return loaded;
}

function works(): readonly (readonly [name: string, points: number, work: Work])[] {
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
  return [...quietWorks, ...changingWorks, ['saved and restored, 10000 points', regime.length, restore]];
}

const median = (values: readonly number[]) =>
  values.toSorted((a, b) => a - b)[values.length >> 1] ?? Number.NaN;

/** Nanoseconds a point of some repetitions. */
function nanoseconds(core: Core, work: Work, points: number): number {
  const repetitions = Math.ceil(10_000 / points);
  const start = performance.now();
  for (let count = 0; count < repetitions; count++) work(core);
  return (1e6 * (performance.now() - start)) / (repetitions * points);
}

function compare([name, points, work]: readonly [string, number, Work]) {
  const times: Readonly<Record<Age, number[]>> = { old: [], new: [] };
  const warmUp = 3;
  for (let round = 0; round < warmUp + Number(rounds); round++) {
    for (const [age, core] of round % 2 === 0 ? cores : cores.toReversed()) {
      const time = nanoseconds(core, work, points);
      if (round >= warmUp) times[age].push(time);
    }
  }
  const least = { old: Math.min(...times.old), new: Math.min(...times.new) };
  const usual = { old: median(times.old), new: median(times.new) };
  return {
    work: name,
    'old, least ns': Math.round(least.old),
    'new, least ns': Math.round(least.new),
    'ratio of least': (least.new / least.old).toFixed(3),
    'old, median ns': Math.round(usual.old),
    'new, median ns': Math.round(usual.new),
    'ratio of medians': (usual.new / usual.old).toFixed(3),
  };
}

const cores = await loadAll();
process.stdout.write(
  `Node ${process.version}, ${cpus().length} × ${cpus()[0]?.model}; ${revision} beside the working tree, ${rounds} rounds\n`,
);
console.table(works().map(compare));
