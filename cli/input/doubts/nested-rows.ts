import { FailedError } from '../../context.ts';
import { looksLikeTime } from '../time-texts.ts';

/** Fewer rows show no change, and a list with as many elements may have the readings. */
const fewestRows = 10;
const deepest = 8;
/** Seconds since 1970, from 2001 on, or milliseconds. */
const epoch = /^\d{10}(\d{3})?$/;

/** Many elements inside of a row: an array, or an object whose fields are times. */
interface Inner {
  /** As jq writes it. */
  readonly path: string;
  readonly elements: readonly unknown[];
  readonly areKeyed: boolean;
}

/**
 * Refuses JSON of which the rows hold the readings further inside: in an array of rows, in an array for each column, or in an object with a
 * field for each time. Many rows could have readings of their own; they are refused if each of them has a list of numbers.
 *
 * @param path - of the first row, as jq writes it
 * @throws FailedError naming where the readings are, and how to make rows of them
 */
export function refuseNestedRows(rows: readonly unknown[], path: string): void {
  const [one] = rows;
  if (one === undefined) return;
  const areMany = rows.length >= fewestRows;
  if (areMany && !rows.slice(0, fewestRows).every((row) => numbersIn(row, path).length > 0)) return;
  // Rows that are arrays themselves may be columns that lie on their side.
  const shown = path.endsWith('[0]') && rows.every(Array.isArray) ? rows.slice(0, 4) : [one];
  const all = areMany
    ? numbersIn(one, path.replace(/\[0\]$/, '[]'))
    : shown
        .flatMap((row, index) => [...listsIn(row, path.replace(/\[0\]$/, `[${index}]`), 0)])
        .filter(({ elements }) => elements.length >= fewestRows);
  const [first] = [...all].sort((a, b) => b.elements.length - a.elements.length);
  if (first === undefined) return;
  throw new FailedError(
    `the readings seem to be inside of ${first.path}, which has ${first.elements.length} elements; make a row of each, such as with ${rowsOf(first, all)}${areMany ? ', or choose another column with --column' : ''}`,
  );
}

/** The lists of numbers in a row, but those in rows that are lists themselves. */
function numbersIn(row: unknown, path: string): readonly Inner[] {
  if (Array.isArray(row)) return [];
  return [...listsIn(row, path, 0)].filter(
    ({ elements }) =>
      elements.length >= fewestRows && elements.every((element) => typeof element === 'number'),
  );
}

/** How jq makes rows of a list, or of several that each have a column. */
function rowsOf({ path, elements, areKeyed }: Inner, all: readonly Inner[]): string {
  if (areKeyed) {
    const row = typeof elements[0] === 'object' ? '{time: .key} + .value' : '{time: .key, value}';
    return `jq -c '${path} | to_entries[] | ${row}'`;
  }
  const isColumn = (one: Inner) =>
    !one.areKeyed && one.elements.length === elements.length && typeof one.elements[0] !== 'object';
  const columns = all.filter(isColumn).map((one) => one.path);
  if (columns.length > 1) return `jq -c '[${columns.slice(0, 4).join(', ')}] | transpose[]'`;
  return `jq -c '${path}[]'`;
}

/** The lists in a value, those further inside after those around them. */
function* listsIn(value: unknown, path: string, depth: number): Generator<Inner> {
  if (typeof value !== 'object' || value === null || depth > deepest) return;
  const here = path === '' ? '.' : path;
  if (Array.isArray(value)) {
    yield { path: here, elements: value, areKeyed: false };
    for (const [index, inner] of value.slice(0, 2).entries())
      yield* listsIn(inner, `${here}[${index}]`, depth + 1);
    return;
  }
  const entries = Object.entries(value);
  if (entries.every(([name]) => looksLikeTime(name) || epoch.test(name)))
    yield { path: here, elements: entries.map(([, inner]) => inner), areKeyed: true };
  for (const [name, inner] of entries)
    yield* listsIn(
      inner,
      `${path}${/^[A-Za-z_]\w*$/.test(name) ? `.${name}` : `.${JSON.stringify(name)}`}`,
      depth + 1,
    );
}
