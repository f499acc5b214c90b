import { plain } from '../../../lambda/figures.ts';

/** Numbers by which programs say that there is no value. */
const marks: ReadonlySet<number> = new Set([
  ...[99, 999, 9999, 99999, 999999, 99.9, 99.99, 999.9, 999.99, 9999.9, 9999.99].flatMap((one) => [
    one,
    -one,
  ]),
  ...[32767, -32768, 65535, 2147483647, -2147483648],
]);

/** A mark lies outside of the range of all other values by more than so many times its width. */
const farOutside = 2;

/** Finds numbers among the values of a column that seem to say that there is no value. */
export interface MarksOfNothing {
  take(value: number): void;
  note(): string | undefined;
}

/** Cost: constant time and memory a value. @param name - of the column */
export function marksOfNothing(name: string): MarksOfNothing {
  const counts = new Map<number, number>();
  let [least, most] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  return {
    take(value) {
      if (marks.has(value)) return void counts.set(value, (counts.get(value) ?? 0) + 1);
      if (value < least) least = value;
      if (value > most) most = value;
    },
    note() {
      const margin = farOutside * (most - least);
      const far = [...counts].filter(([mark]) => mark < least - margin || mark > most + margin);
      if (!(least <= most) || far.length === 0) return undefined;
      const shown = far.map(([mark, count]) => `${mark} in ${plain.counted(count, 'row')}`).join(', ');
      const flags = far.map(([mark]) => `--missing ${mark}`).join(' ');
      return `${shown} of '${name}', far from all other values: if that says that there is none, ${flags}`;
    },
  };
}
