import { type Command, Option } from 'commander';
import { duration, number, positiveNumber, wholeNumber } from '../arguments.ts';
import { UsageError } from '../context.ts';
import { type GeneratorOptions, generatorDefaults, noises } from './generator.ts';

/** What commands know of the series that they generate. */
export interface GenerationOptions extends Partial<GeneratorOptions> {
  readonly duration?: number;
  readonly points?: number;
  readonly rate: number;
}

/** The options by which a command is told what to generate. */
export function addGeneratorOptions(command: Command): Command {
  return command
    .optionsGroup('Series:')
    .option('--duration <time>', 'how long to generate, such as 30s, 5m, 1h (default: 1m)', duration)
    .option('--points <number>', 'readings of each series, instead of a duration', wholeNumber(1))
    .option('--rate <number>', 'readings of each series a second', positiveNumber, 10)
    .option(
      '--seed <number>',
      'a whole number; the same seed makes the same readings (default: by chance)',
      wholeNumber(0, 2 ** 31),
    )
    .option('--level <number>', 'where a series starts', number, generatorDefaults.level)
    .addOption(
      new Option('--noise <kind>', 'what the readings scatter by')
        .choices(noises)
        .default(generatorDefaults.noise),
    )
    .option('--sd <number>', 'standard deviation of the noise', positiveNumber, generatorDefaults.sd)
    .option(
      '--shift-every <readings>',
      'readings between shifts, on average; 0: none',
      wholeNumber(0),
      generatorDefaults.shiftEvery,
    )
    .option(
      '--shift-size <sds>',
      'mean size of a shift in units of --sd; each has 0.6 to 1.4 of it',
      positiveNumber,
      generatorDefaults.shiftSize,
    )
    .option(
      '--drift <number>',
      'by how much the level moves with each reading',
      number,
      generatorDefaults.drift,
    )
    .option(
      '--restart-every <readings>',
      'readings until a series falls silent and starts again; 0: never',
      wholeNumber(0),
      generatorDefaults.restartEvery,
    )
    .option(
      '--gap-length <readings>',
      'readings left out before a restart',
      wholeNumber(0),
      generatorDefaults.gapLength,
    );
}

/** The generator's own options, with a seed in any case. */
export function generatorOptions(given: GenerationOptions): GeneratorOptions {
  const seed = given.seed ?? Math.floor(Math.random() * 2 ** 31);
  const names = Object.keys(generatorDefaults) as (keyof GeneratorOptions)[];
  const own = Object.fromEntries(
    names.flatMap((name) => (given[name] === undefined ? [] : [[name, given[name]]])),
  );
  return { ...generatorDefaults, ...own, seed };
}

const defaultSeconds = 60;

/** Readings of each series. @throws UsageError if both a duration and a number are given */
export function pointsOf({ duration: seconds, points, rate }: GenerationOptions): number {
  if (points !== undefined && seconds !== undefined) {
    throw new UsageError('--points and --duration both say how much to generate; give one of them');
  }
  return points ?? Math.max(1, Math.round((seconds ?? defaultSeconds) * rate));
}

/** When a series starts that ends now: times may not lie ahead. */
export function startOfPast(traffic: Span): number {
  return Date.now() - spanMs(traffic);
}

type Span = GeneratorOptions & { readonly points: number; readonly rate: number };

/** How long a series is; its gaps count as the generator makes them. */
export function spanMs({ points, rate, restartEvery, gapLength }: Span): number {
  const gaps = restartEvery > 0 ? Math.floor((points - 1) / restartEvery) : 0;
  return Math.ceil(((points + gaps * gapLength) * 1000) / rate);
}
