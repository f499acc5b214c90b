import type { DetectorOptions } from '@aed/core';
import { integer, normal, oneOf, type Random } from './random.ts';

/** @param before - the value before, 0 at first */
type Noise = (random: Random, index: number, before: number) => number;

const noises: Readonly<Record<string, Noise>> = {
  normal,
  uniform: (random) => random(),
  'two values': (random) => integer(random, 0, 1),
  'few integers': (random) => integer(random, -2, 2),
  'many integers': (random) => Math.round(20 * normal(random)),
  constant: () => 3,
  'mostly zero': (random) => (random() < 0.9 ? 0 : normal(random)),
  'heavy tails': (random) => normal(random) / random(),
  'outliers of 1e300': (random) => (random() < 0.05 ? oneOf(random, [1e300, -1e300]) : normal(random)),
  'the largest doubles': (random) => (random() - 0.5) * 2 * Number.MAX_VALUE,
  'the smallest doubles': (random) => integer(random, -3, 3) * Number.MIN_VALUE,
  'hundredths far from 0': (random) => 1e6 + Math.round(100 * normal(random)) / 100,
  ramp: (random, index) => index / 50 + normal(random),
  'steady ramp': (_, index) => index / 10,
  'falling steps': (_, index) => -Math.floor(index / 7),
  'alternating extremes': (random, index) => (index % 2 === 0 ? 10 : -10) + random(),
  'resembling neighbours': (random, _, before) => 0.8 * before + normal(random),
  'a random walk of integers': (random, _, before) => before + integer(random, -1, 1),
  seasons: (random, index) => Math.sin(index / 15) + normal(random) / 4,
};

/** A stream and the options it is tested with. */
export interface RandomStream {
  readonly name: string;
  readonly values: number[];
  readonly options: DetectorOptions;
}

/** A stream of one kind of noise that moves between levels, or stays, and options of any kind. */
export function randomStream(random: Random, mostPoints: number): RandomStream {
  const [name, noise] = oneOf(random, Object.entries(noises));
  const length = integer(random, 0, mostPoints);
  const pieceLength = oneOf(random, [20, 100, 1000, Number.POSITIVE_INFINITY]);
  const jump = oneOf(random, [0, 0.3, 1, 2, 10, 1e3]);
  const values: number[] = [];
  let level = 0;
  let before = 0;
  for (let index = 0; index < length; index++) {
    if (random() < 1 / pieceLength) level += jump * normal(random);
    before = noise(random, index, before);
    values.push(before + level + 0);
  }
  return { name, values: values.map(clamped), options: randomOptions(random) };
}

function randomOptions(random: Random): DetectorOptions {
  const startup = oneOf(random, [2, 5, 5, 30]);
  return {
    alpha: oneOf(random, [1e-300, 1e-6, 0.001, 0.01, 0.01, 0.05, 0.5, 0.999]),
    practicalThreshold: oneOf(random, [0, 0, 0, Number.MIN_VALUE, 0.01, 0.5, 1, 2, 3, 20, 1e299, 1e308]),
    startup,
    window: oneOf(random, [0, 5, 50]),
    restart: oneOf(random, ['detection', 'change'] as const),
    maxRegimeLength: oneOf(random, [Number.POSITIVE_INFINITY, 2 * startup, 150, 500]),
    falseAlarmEvery: oneOf(random, [0, 0, 100, 1000]),
  };
}

function clamped(value: number): number {
  return Math.max(-Number.MAX_VALUE, Math.min(Number.MAX_VALUE, value));
}
