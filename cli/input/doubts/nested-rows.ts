import { FailedError } from '../../context.ts';

/** Fewer rows show no change, and an array with as many elements may have the readings. */
const fewestRows = 10;
const deepest = 8;

/** An array inside of a row. */
interface Inner {
  /** As jq writes it. */
  readonly path: string;
  readonly array: readonly unknown[];
}

/**
 * Refuses JSON of which the rows hold the readings further inside: in an array of rows, or in an array for each column.
 *
 * @param path - of the first row, as jq writes it
 * @throws FailedError naming the array, and how to make rows of it
 */
export function refuseNestedRows(rows: readonly unknown[], path: string): void {
  if (rows.length === 0 || rows.length >= fewestRows) return;
  const all = [...arraysIn(rows[0], path, 0)].filter(({ array }) => array.length >= fewestRows);
  const [first] = all.sort((a, b) => b.array.length - a.array.length);
  if (first === undefined) return;
  const isColumn = (one: Inner) =>
    one.array.length === first.array.length && typeof one.array[0] !== 'object';
  const columns = all.filter(isColumn).map((one) => one.path);
  const how =
    columns.length > 1
      ? `jq -c '[${columns.slice(0, 4).join(', ')}] | transpose[]'`
      : `jq -c '${first.path === '.' ? '' : first.path}[]'`.replace("'[]'", "'.[]'");
  throw new FailedError(
    `the readings seem to be inside of ${first.path}, which has ${first.array.length} elements; make a row of each, such as ${how} … | aed detect -`,
  );
}

/** The arrays in a value, those further inside after those around them. */
function* arraysIn(value: unknown, path: string, depth: number): Generator<Inner> {
  if (typeof value !== 'object' || value === null || depth > deepest) return;
  if (Array.isArray(value)) {
    yield { path: path === '' ? '.' : path, array: value };
    for (const [index, inner] of value.slice(0, 2).entries())
      yield* arraysIn(inner, `${path === '' ? '.' : path}[${index}]`, depth + 1);
    return;
  }
  for (const [name, inner] of Object.entries(value))
    yield* arraysIn(
      inner,
      `${path}${/^[A-Za-z_]\w*$/.test(name) ? `.${name}` : `.${JSON.stringify(name)}`}`,
      depth + 1,
    );
}
