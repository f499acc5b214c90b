/**
 * Measures how often the scan with a period raises false alarms where many values are equal: those on an endless quiet series, as a share of those
 * that are stated.
 *
 * Run: npx tsx bench/statistics/season-ties.ts [share of the points, default 1]
 */
import { AedDetector, type DetectorOptions } from '@aed/core';
import { positive, scriptArguments } from '../script-arguments.ts';
import { counts, type Noise, noiseWords, tiedNoises } from './noises.ts';
import { writeResult } from './write-result.ts';

const { share } = scriptArguments(import.meta.url, { share: positive(1) });
const every = 1000;
const points = Math.ceil(share * 500) * every;

/** Of each day of 24 points eight are zero, and the others are counts. */
const nights: Noise = (seed) => {
  const day = counts(seed, 4);
  let index = 0;
  return () => (index++ % 24 < 8 ? 0 : day());
};

function falseAlarms(drawOf: Noise, period: number, dependence: 'auto' | 'independent'): number {
  const options: DetectorOptions = { statistic: 'scan', falseAlarmEvery: every, dependence, period };
  const detector = new AedDetector(options);
  const draw = drawOf(7);
  let alarms = 0;
  for (let index = 0; index < points; index++) if (detector.push(draw()) !== undefined) alarms++;
  return (alarms * every) / points;
}

const noises = { ...tiedNoises, 'Poisson, mean 4, but zero at night': nights };
const rows = Object.entries(noises).flatMap(([noise, drawOf]) =>
  [24, 96].map((period) => ({
    ...{ noise, period, every, points },
    independent: falseAlarms(drawOf, period, 'independent'),
    auto: falseAlarms(drawOf, period, 'auto'),
  })),
);
await writeResult(
  'season-ties',
  'Independent points without a change and with strong ties, statistic scan with the period of the row, one seeded series: false alarms as a share of those that falseAlarmEvery states, ' +
    `with dependence independent and auto. Noise: ${noiseWords}; of each 24 points eight are zero at night.`,
  rows,
);
