import { plain } from '../../lambda/figures.ts';
import { printable } from '../../lambda/printable.ts';

/** Finds series most of whose readings are equal: with a practical threshold, none of their changes is told. */
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
  const found: (() => string | undefined)[] = [];
  return {
    follow(name) {
      let [value, lead, equal, readings] = [Number.NaN, 0, 0, 0];
      let isChanged = false;
      found.push(() => {
        const isMost = readings >= leastReadings && 2 * equal > readings;
        if (isChanged || !isMost) return undefined;
        return `${plain.level(value)}${name === '' ? '' : ` in '${printable(name)}'`}`;
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
      const [first, ...others] = found.flatMap((one) => one() ?? []);
      if (first === undefined) return undefined;
      const more = others.length === 0 ? '' : `, and likewise in ${plain.counted(others.length, 'other')}`;
      return `more than half of the readings are ${first}${more}: with --practical-threshold only a change of most readings is told; without it, also that other values come more often`;
    },
  };
}
