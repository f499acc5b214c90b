/**
 * Lets a value pass that keeps its rule.
 *
 * @throws RangeError naming what holds the value, the rule and the value, if it breaks the rule
 */
export function check(holds: boolean, name: string, rule: string, value: unknown): void {
  if (!holds) throw new RangeError(`${name} must be ${rule}, got ${show(value)}`);
}

/** @throws RangeError unless the value is an integer of at least so much that a double holds exactly */
export function checkInteger(value: number, name: string, least: number): void {
  check(Number.isSafeInteger(value) && value >= least, name, `an integer of at least ${least}`, value);
}

/**
 * A value of a series: −0 becomes 0.
 *
 * @param name - what holds the number, for the error
 * @throws RangeError unless it is a finite number
 */
export function checkedValue(value: number, index: number, name = 'value'): number {
  // The text is made for an error alone: to make it takes longer than to check.
  if (!Number.isFinite(value)) check(false, `${name} at index ${index}`, 'a finite number', value);
  return value + 0;
}

/**
 * A place in the season.
 *
 * @throws RangeError unless it is an integer from 0 to `period` − 1
 */
export function checkedPhase(phase: number, period: number, name = 'phase'): number {
  const holds = Number.isInteger(phase) && phase >= 0 && phase < period;
  // As above.
  if (!holds)
    check(false, name, period === 1 ? '0 without a period' : `an integer from 0 to ${period - 1}`, phase);
  return phase + 0;
}

/**
 * A copy of a series, its values checked.
 *
 * @throws RangeError naming the first value that is not a finite number, and its index
 */
export function checkedSeries(series: ArrayLike<number>, name?: string): Float64Array {
  return Float64Array.from(series, (value, index) => checkedValue(value, index, name));
}

/** A value as a message shows it: text in quotes, and the type alone of what has no short text. */
function show(value: unknown): string {
  if (typeof value === 'string') return `'${value}'`;
  const isShort = value === null || /number|boolean|undefined/.test(typeof value);
  return isShort ? String(value) : `a value of type ${typeof value}`;
}
