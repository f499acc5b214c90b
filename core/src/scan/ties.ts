import { at } from '../float-list.ts';

/** With a factor below this, ties are strong: values repeat so often that their frequencies say more than their sizes. */
export const leastUntied = 0.985;

/** How much ties in a growing regime lessen the variance of a rank statistic. */
export class Ties {
  #points = 0;
  /** Σ over points of e·(e + 1) / 2, where e earlier points equal it: Σ (c³ − c) / 6 over levels of c points. */
  #sum = 0;

  /** @param equal - how many earlier points the new one equals */
  add(equal: number): void {
    this.#points++;
    this.#sum += (equal * (equal + 1)) / 2;
  }

  /** 1 − Σ (c³ − c) / (T³ − T): 1 without ties, 0 if all points are equal. */
  get factor(): number {
    const T = this.#points;
    return T < 2 ? 0 : 1 - (6 * this.#sum) / (T * T * T - T);
  }
}

/** The ties of a regime whose points are given in ascending order. */
export function tiesOf(sorted: Float64Array): Ties {
  const ties = new Ties();
  let equal = 0;
  sorted.forEach((value, index) => {
    equal = index > 0 && value === at(sorted, index - 1) ? equal + 1 : 0;
    ties.add(equal);
  });
  return ties;
}
