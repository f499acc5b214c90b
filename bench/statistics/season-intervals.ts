/**
 * Measures how often the interval of a change point holds the true place of a step in a season, a sine of 2 standard deviations of the noise, within its
 * first periods and later.
 *
 * Run: npx tsx bench/statistics/season-intervals.ts [share of the streams, default 1]
 */
import { AedDetector, type ChangePoint } from '@aed/core';
import { heavyTailed, normal, uniform } from '../../cli/produce/random.ts';
import { positive, scriptArguments } from '../script-arguments.ts';
import type { Noise } from './noises.ts';
import { writeResult } from './write-result.ts';

const { share } = scriptArguments(import.meta.url, { share: positive(1) });
const streams = Math.ceil(share * 500);
const mostDelay = 1000;
const noises: Readonly<Record<string, Noise>> = { normal, 't₂': heavyTailed };

/** The first alarm of a stream, if it came after the step. */
function alarmOf(noise: Noise, period: number, quiet: number, step: number, seed: number) {
  const draw = noise(seed);
  const start = Math.floor(period * uniform(seed + 1_000_000)());
  const detector = new AedDetector({ statistic: 'scan', period });
  for (let index = 0; index < quiet + mostDelay; index++) {
    const season = 2 * Math.sin((2 * Math.PI * (start + index)) / period);
    const found = detector.push(season + draw() + (index < quiet ? 0 : step));
    if (found !== undefined) return index < quiet ? undefined : found;
  }
  return undefined;
}

const holds = ({ from, to }: ChangePoint['interval'], value: number) => from <= value && value <= to;

const rows = Object.entries(noises).flatMap(([name, noise]) =>
  [24, 96].flatMap((period) =>
    [2, 3, 5, 10].flatMap((periods) =>
      [1, 2, 5].map((step) => {
        const quiet = period * periods;
        const found = Array.from(
          { length: streams },
          (_, seed) => alarmOf(noise, period, quiet, step, seed) ?? [],
        ).flat();
        const lengths = found.map(({ interval: { from, to } }) => to - from + 1);
        return {
          ...{ noise: name, period, periods, step, alarms: found.length },
          held: found.filter(({ interval }) => holds(interval, quiet)).length,
          lengthMean: Number(
            (lengths.reduce((sum, length) => sum + length, 0) / found.length).toPrecision(3),
          ),
          sizeHeld: found.filter(({ magnitudeInterval }) => holds(magnitudeInterval, step)).length,
        };
      }),
    ),
  ),
);

await writeResult(
  'season-intervals',
  `Of ${streams} seeded streams a row, those whose first alarm came within ${mostDelay} points of a step, and not before it: how many intervals hold the place of the step, their mean length in points, and how ` +
    'many intervals of the magnitude hold its size. Noise, standard normal or Student’s t with 2 degrees of freedom, on a sine with an amplitude of 2 that begins anywhere in its period; a step after so many periods. ' +
    'Statistic scan with the period given, the other options at their defaults.',
  rows,
);
