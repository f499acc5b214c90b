import { plain } from '../../lambda/figures.ts';
import { printable } from '../../lambda/printable.ts';

/** Finds series most or all of whose readings are equal: with a practical threshold, none of their changes is told. */
export interface EqualReadings {
  follow(name: string): EqualReadingsOfSeries;
  /** `undefined` if there is no such series. */
  note(): string | undefined;
}

interface EqualReadingsOfSeries {
  push(value: number): void;
  /** The series has a change point. */
  changed(): void;
}

/** With fewer readings, little is to be found. */
const leastReadings = 50;

/**
 * Source: Boyer & Moore (1991), *MJRTY: a fast majority vote algorithm*. Cost: constant time and memory a reading. A value is counted from where it last took the
 * lead, so this never claims a majority that is none.
 */
export function equalReadings(): EqualReadings {
  const found: (() => Found | undefined)[] = [];
  return {
    follow(name) {
      let [value, lead, equal, readings] = [Number.NaN, 0, 0, 0];
      let isChanged = false;
      found.push(() => {
        const isMost = readings >= leastReadings && 2 * equal > readings;
        return isChanged || !isMost ? undefined : { name, value, equal, readings };
      });
      return {
        push(next) {
          readings++;
          if (lead === 0 && next !== value) [value, equal] = [next, 0];
          lead += next === value ? 1 : -1;
          if (next === value) equal++;
        },
        changed() {
          isChanged = true;
        },
      };
    },
    note() {
      const all = found.flatMap((one) => one() ?? []);
      const notes = [
        noteOfMost(all.filter(({ equal, readings }) => equal < readings)),
        noteOfAll(all.filter(({ equal, readings }) => equal === readings)),
      ].filter((note) => note !== undefined);
      return notes.length === 0 ? undefined : notes.join('; ');
    },
  };
}

/** A series most of whose readings have this value. */
interface Found {
  readonly name: string;
  readonly value: number;
  readonly equal: number;
  readonly readings: number;
}

function noteOfMost([first, ...others]: readonly Found[]): string | undefined {
  if (first === undefined) return undefined;
  const where = first.name === '' ? '' : ` in '${printable(first.name)}'`;
  const more = others.length === 0 ? '' : `, and likewise in ${plain.counted(others.length, 'other')}`;
  return `more than half of the readings are ${plain.level(first.value)}${where}${more}: with --practical-threshold only a change of most readings is told; without it, also that other values come more often`;
}

/** Nothing comes more often in a series with one value, which a sensor that is broken may have. */
function noteOfAll([first, ...others]: readonly Found[]): string | undefined {
  if (first === undefined) return undefined;
  const value = plain.level(first.value);
  const readings = plain.counted(first.readings, 'reading');
  if (first.name === '') return `all ${readings} have the value ${value}`;
  const more =
    others.length === 0
      ? ''
      : `, and ${plain.counted(others.length, 'other series has', 'other series have')} one value, too`;
  return `'${printable(first.name)}' has the value ${value} in all ${readings}${more}`;
}
