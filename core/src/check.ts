/**
 * Lets a value pass that keeps its rule.
 *
 * @throws RangeError naming what holds the value, the rule and the value, if it does not hold
 */
export function check(holds: boolean, name: string, rule: string, value: unknown): void {
  if (!holds) throw new RangeError(`${name} must be ${rule}, got ${show(value)}`);
}

/** @throws RangeError unless the value is an integer, exact as a double, of at least so much */
export function checkInteger(value: number, name: string, least: number): void {
  check(Number.isSafeInteger(value) && value >= least, name, `an integer of at least ${least}`, value);
}

/** A value as a message shows it: text in quotes, what has no short text of its own by its type. */
function show(value: unknown): string {
  if (typeof value === 'string') return `'${value}'`;
  const isShort = value === null || /number|boolean|undefined/.test(typeof value);
  return isShort ? String(value) : `a value of type ${typeof value}`;
}
