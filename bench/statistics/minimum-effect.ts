/**
 * Measures how often shifts below, at and above the practical threshold are reported, by three tests: that of this package, one
 * that ignores differences up to the threshold, and Pettitt's test with a check of the size afterwards.
 *
 * Run: npx tsx bench/statistics/minimum-effect.ts
 */
import { AedDetector, detectChangePoints, pValueAt } from '@aed/core';
import { type Draw, exponential, heavyTailed, normal } from '../../cli/produce/random.ts';
import { scriptArguments } from '../script-arguments.ts';
import { writeResult } from './write-result.ts';

scriptArguments(import.meta.url);

const points = 2000;
const quiet = 500;
const series = 1000;
const alpha = 0.01;
const noises = [
  { noise: 'normal', draw: normal, threshold: 1 },
  { noise: 't₂', draw: heavyTailed, threshold: 1 },
  { noise: 'exponential', draw: exponential, threshold: 1 },
  { noise: 'whole numbers', draw: wholeNumbers, threshold: 4 },
];
const multiples = [0, 0.5, 1, 1.5, 2];

/** Four times a standard normal, rounded. */
function wholeNumbers(seed: number): Draw {
  const draw = normal(seed);
  return () => Math.round(4 * draw());
}

/** Whether AED with the test of this package reports a change. */
function withThresholdInside(values: Float64Array, practicalThreshold: number): boolean {
  const detector = new AedDetector({ alpha, practicalThreshold });
  return values.some((value) => detector.push(value) !== undefined);
}

/** Whether AED without a threshold reports a change whose size reaches the threshold. */
function withCheckAfterwards(values: Float64Array, practicalThreshold: number): boolean {
  return detectChangePoints(values, { alpha }).some(
    ({ magnitude }) => Math.abs(magnitude) >= practicalThreshold,
  );
}

/** Whether a test is significant that counts differences of at most the threshold as 0. */
function withDeadZone(values: Float64Array, practicalThreshold: number): boolean {
  const statistics = new Int32Array(points);
  for (let index = 1; index < points; index++) {
    const value = values[index] as number;
    let sum = 0;
    let largest = 0;
    for (let earlier = 0; earlier < index; earlier++) {
      const difference = value - (values[earlier] as number);
      if (difference > practicalThreshold) sum++;
      else if (difference < -practicalThreshold) sum--;
      const statistic = (statistics[earlier] as number) + sum;
      statistics[earlier] = statistic;
      largest = Math.max(largest, Math.abs(statistic));
    }
    if (index >= 4 && pValueAt(largest, index + 1) < alpha) return true;
  }
  return false;
}

const rows = noises.flatMap(({ noise, draw, threshold }) =>
  multiples.map((multiple) => {
    const reported = { inside: 0, deadZone: 0, afterwards: 0 };
    for (let seed = 0; seed < series; seed++) {
      const next = draw(seed);
      const values = Float64Array.from(
        { length: points },
        (_, index) => next() + (index < quiet ? 0 : multiple * threshold),
      );
      if (withThresholdInside(values, threshold)) reported.inside++;
      if (withDeadZone(values, threshold)) reported.deadZone++;
      if (withCheckAfterwards(values, threshold)) reported.afterwards++;
    }
    return { noise, threshold, shift: multiple * threshold, multiple, series, ...reported };
  }),
);

await writeResult(
  'minimum-effect',
  `${series} seeded series a row of ${points} independent points that move up by \`shift\` after ${quiet}, alpha ${alpha}, a test at ` +
    'every point: in how many a change was reported. Noise: standard normal; Student’s t with 2 degrees of freedom; exponential ' +
    'with mean 1; four standard normals, rounded. inside: this package. deadZone: Pettitt’s statistic in which a difference of at ' +
    'most the threshold counts 0. afterwards: Pettitt’s test, a significant change reported if its Hodges–Lehmann shift reaches ' +
    'the threshold, a new regime after each significant one.',
  rows,
);
