import { medianOfValues } from '../median.ts';

/** Values less the median of those of the same place in the season: what a given period leaves of a season. */
export function withoutPlaces(values: readonly number[], places: readonly number[]): number[] {
  const byPlace = new Map<number, number[]>();
  values.forEach((value, index) => {
    const place = places[index] as number;
    const known = byPlace.get(place);
    if (known === undefined) byPlace.set(place, [value]);
    else known.push(value);
  });
  const medians = new Map([...byPlace].map(([place, of]) => [place, medianOfValues(of)]));
  return values.map((value, index) => value - (medians.get(places[index] as number) as number));
}
