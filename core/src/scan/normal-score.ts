import { at } from '../float-list.ts';

/** Steps of the table, equal in −ln(1 − y). */
const steps = 4096;
/** The table ends at y = 1 − e⁻¹⁶, which a split of more than a million points a side does not exceed. */
const end = 16;
/** The largest y looked up, just before the end of the table. */
const largest = 1 - Math.exp(-end) - 1e-12;

interface Table {
  /** Of the score of a large sample: w / (√3·y). */
  readonly main: Float64Array;
  /** Of what a small one adds: ln(v / w) / w. */
  readonly correction: Float64Array;
}

let table: Table | undefined;

/**
 * The normal score of a standardised Mann–Whitney statistic: the z of a normal variable that is as unlikely.
 *
 * U compares a side of m points with a longer one. Against a long one, each of the m points has a uniform rank, so U is as
 * unlikely as a mean of m uniforms is. Its tail is lighter than the normal one: few points cannot go far. With the score, one
 * threshold serves every m.
 *
 * The score is r + ln(u / r) / r of Lugannani & Rice (1980) and Barndorff-Nielsen (1986), here r = w·√m and u = v·√m, from a table that is made once.
 * Interpolation adds an error of less than 10⁻⁵; for the exact distribution of the mean, see the test. Grows with z; falls with m where z is above √3.
 *
 * @param z - at least 0; where it is beyond what m points can reach, their most
 * @param m - points of the shorter side, greater than 0
 */
export function normalScore(z: number, m: number): number {
  table ??= makeTable();
  const y = Math.min(z / Math.sqrt(3 * m), largest);
  const place = -Math.log1p(-y) * (steps / end);
  const index = Math.floor(place);
  const share = place - index;
  const { main, correction } = table;
  return (
    y * Math.sqrt(3 * m) * (at(main, index) + share * (at(main, index + 1) - at(main, index))) +
    (at(correction, index) + share * (at(correction, index + 1) - at(correction, index))) / Math.sqrt(m)
  );
}

/** The table at 0, 1, … `steps`, from saddlepoints that follow each other. */
function makeTable(): Table {
  const main = new Float64Array(steps + 1).fill(1);
  const correction = new Float64Array(steps + 1);
  let s = 0;
  for (let index = 1; index <= steps; index++) {
    const y = -Math.expm1(-(end / steps) * index);
    s = saddlepointOf(y, s);
    const { w, v } = partsAt(s);
    main[index] = w / (Math.sqrt(3) * y);
    correction[index] = Math.log(v / w) / w;
  }
  return { main, correction };
}

/**
 * The two parts of the score at a saddlepoint s > 0 of a variable that is uniform on −1 … 1.
 *
 * K(s) = ln(sinh s / s) is its cumulant generating function, w² = 2·(s·K′(s) − K(s)) and v² = s²·K″(s).
 */
export function partsAt(s: number): { readonly w: number; readonly v: number } {
  // Beyond 20 a double cannot tell sinh s from cosh s, nor v from 1.
  if (s > 20) return { w: Math.sqrt(2 * (Math.log(2 * s) - 1)), v: 1 };
  const sinh = Math.sinh(s);
  const w = Math.sqrt(2 * (s / Math.tanh(s) - 1 - Math.log(sinh / s)));
  return { w, v: Math.sqrt(1 - (s / sinh) ** 2) };
}

/** The s at which K′(s) = coth s − 1/s is y: Newton's method from below, where it climbs and never overshoots. */
function saddlepointOf(y: number, from: number): number {
  let s = from;
  for (let step = Infinity; step > 1e-13 * s; s += step) {
    const slope = s < 0.01 ? 1 / 3 : 1 / (s * s) - 1 / Math.sinh(s) ** 2;
    const value = s < 0.01 ? s / 3 : 1 / Math.tanh(s) - 1 / s;
    step = (y - value) / slope;
  }
  return s;
}
