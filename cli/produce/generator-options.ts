import { type Command, Option } from 'commander';
import { duration, number, positiveNumber, wholeNumber } from '../arguments.ts';
import { UsageError } from '../context.ts';
import { type GeneratorOptions, generatorDefaults, noises } from './generator.ts';

/** The options of commands that generate series. */
export interface GenerationOptions extends Partial<GeneratorOptions> {
  readonly duration?: number;
  readonly points?: number;
  readonly rate: number;
}

/** Adds the options that describe the generated series. */
export function addGeneratorOptions(command: Command): Command {
  return command
    .optionsGroup('Series:')
    .option(
      '--duration <time>',
      'how long to generate, such as 30s, 5m, 1h; a bare number is seconds (default: 1m)',
      duration,
    )
    .option('--points <number>', 'readings of each series, instead of a duration', wholeNumber(1))
    .option('--rate <number>', 'readings of each series a second', positiveNumber, 10)
    .option(
      '--seed <number>',
      'a whole number; the same seed makes the same readings (default: a random seed)',
      wholeNumber(0, 2 ** 31),
    )
    .option('--level <number>', 'level at which a series starts', number, generatorDefaults.level)
    .addOption(
      new Option('--noise <kind>', 'distribution of the noise')
        .choices(noises)
        .default(generatorDefaults.noise),
    )
    .option('--sd <number>', 'standard deviation of the noise', positiveNumber, generatorDefaults.sd)
    .option(
      '--shift-every <readings>',
      'mean number of readings between shifts; 0 for no shifts',
      wholeNumber(0),
      generatorDefaults.shiftEvery,
    )
    .option(
      '--shift-size <sds>',
      'mean size of a shift, in units of --sd; each shift is 0.6 to 1.4 times that',
      positiveNumber,
      generatorDefaults.shiftSize,
    )
    .option('--drift <number>', 'change of the level with each reading', number, generatorDefaults.drift)
    .option(
      '--restart-every <readings>',
      'readings after which a series pauses and starts again; 0 for never',
      wholeNumber(0),
      generatorDefaults.restartEvery,
    )
    .option(
      '--gap-length <readings>',
      'length of such a pause, in readings',
      wholeNumber(0),
      generatorDefaults.gapLength,
    );
}

/** The options of the generator. The seed is random if none is given. */
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

/** The start of a series that ends now. The service sets aside times in the future. */
export function startOfPast(traffic: SeriesLength): number {
  return Date.now() - spanMs(traffic);
}

type SeriesLength = GeneratorOptions & { readonly points: number; readonly rate: number };

/** The duration of a series, its gaps included. */
export function spanMs({ points, rate, restartEvery, gapLength }: SeriesLength): number {
  const gaps = restartEvery > 0 ? Math.floor((points - 1) / restartEvery) : 0;
  return Math.ceil(((points + gaps * gapLength) * 1000) / rate);
}
