import { heavyTailed, normal, uniform } from './random.ts';

/** Distribution of the noise around the level. `integer` is normal noise with rounded readings. */
export const noises = ['normal', 'heavy-tailed', 'integer'] as const;
export type Noise = (typeof noises)[number];

/** How a generated series behaves. Lengths count readings. */
export interface GeneratorOptions {
  /** A whole number; the same seed makes the same series. */
  readonly seed: number;
  /** Where the series starts, and where it starts again. */
  readonly level: number;
  readonly noise: Noise;
  /** Standard deviation of normal noise. Heavy-tailed noise has none: here it is the factor of a t distribution. */
  readonly sd: number;
  /** Mean number of readings between two shifts; each interval is 0.5 to 1.5 times that. 0 for no shifts. */
  readonly shiftEvery: number;
  /** Mean size of a shift in units of `sd`; each shift is 0.6 to 1.4 times that, up or down. */
  readonly shiftSize: number;
  /** Change of the level with each reading. */
  readonly drift: number;
  /** Readings between two restarts. At a restart the series pauses, then starts again at its first level. 0 for none. */
  readonly restartEvery: number;
  /** Length of the pause before a restart, in readings. */
  readonly gapLength: number;
}

/** The documented defaults: shifts of 3 to 7 standard deviations, each after 50 to 150 readings. */
export const generatorDefaults: GeneratorOptions = {
  seed: 1,
  level: 20,
  noise: 'normal',
  sd: 1,
  shiftEvery: 100,
  shiftSize: 5,
  drift: 0,
  restartEvery: 0,
  gapLength: 20,
};

/** One reading of a generated series, and the truth about it. */
export interface GeneratedReading {
  /** Time, in steps from the start. A gap skips steps. */
  readonly step: number;
  readonly value: number;
  /** By how much the level moved with this reading, where the generator shifted it. */
  readonly shift?: number;
  /** The series starts again with this reading. */
  readonly restarted?: true;
}

/** A level shifts back towards the start when it is this many mean shifts away from it. */
const shiftsAway = 2;

/**
 * A series with shifts to new levels, without end.
 *
 * @throws RangeError naming the option, its rule and the value
 */
export function generateSeries(given: Partial<GeneratorOptions> = {}): Generator<GeneratedReading, never> {
  const options = { ...generatorDefaults, ...given };
  check(options);
  return readings(options);
}

function* readings(options: GeneratorOptions): Generator<GeneratedReading, never> {
  const { level: first, sd, shiftEvery, shiftSize, drift, restartEvery, gapLength } = options;
  const chance = uniform(options.seed);
  // The noise has a random stream of its own, so it is the same whatever the level does.
  const noise = (options.noise === 'heavy-tailed' ? heavyTailed : normal)(options.seed ^ 0x5bd1e995);
  const between = (least: number, most: number) => least + (most - least) * chance();
  const nextShift = () =>
    shiftEvery === 0 ? Number.POSITIVE_INFINITY : Math.round(shiftEvery * between(0.5, 1.5));

  let level = first;
  let drifted = 0;
  let step = 0;
  let untilShift = nextShift();
  for (let number = 0; ; number++, step++) {
    let truth: Pick<GeneratedReading, 'shift' | 'restarted'> = {};
    if (restartEvery > 0 && number > 0 && number % restartEvery === 0) {
      step += gapLength;
      level = first;
      drifted = 0;
      untilShift = nextShift();
      truth = { restarted: true };
    } else if (untilShift === 0) {
      const away = level - first;
      const mustReturn = Math.abs(away) > shiftsAway * shiftSize * sd;
      const sign = mustReturn ? -Math.sign(away) : chance() < 0.5 ? -1 : 1;
      const shift = sign * between(0.6, 1.4) * shiftSize * sd;
      level += shift;
      untilShift = nextShift();
      truth = { shift };
    }
    const value = level + drifted + sd * noise();
    yield { step, value: options.noise === 'integer' ? Math.round(value) : value, ...truth };
    drifted += drift;
    untilShift--;
  }
}

function check(options: GeneratorOptions): void {
  const whole = (least: number) => (value: number) => Number.isSafeInteger(value) && value >= least;
  rule(options, 'seed', 'an integer of at least 0', whole(0));
  rule(options, 'level', 'a finite number', Number.isFinite);
  rule(options, 'sd', 'a finite number greater than 0', (value) => Number.isFinite(value) && value > 0);
  rule(
    options,
    'shiftEvery',
    'an integer of at least 2, or 0 for no shifts',
    (value) => whole(2)(value) || value === 0,
  );
  rule(
    options,
    'shiftSize',
    'a finite number greater than 0',
    (value) => Number.isFinite(value) && value > 0,
  );
  rule(options, 'drift', 'a finite number', Number.isFinite);
  rule(options, 'restartEvery', 'an integer of at least 0', whole(0));
  rule(options, 'gapLength', 'an integer of at least 0', whole(0));
  if (!noises.includes(options.noise)) {
    throw new RangeError(`noise must be one of ${noises.join(', ')}, got '${options.noise}'`);
  }
}

function rule<Name extends keyof GeneratorOptions>(
  options: GeneratorOptions,
  name: Name,
  text: string,
  holds: (value: number) => boolean,
): void {
  const value = options[name];
  if (typeof value !== 'number' || !holds(value))
    throw new RangeError(`${name} must be ${text}, got ${value}`);
}
