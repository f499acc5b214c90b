import { join } from 'node:path';
import { type AnnotatedSet, type Annotator, groupOf } from '../annotated.ts';
import { badFile, csvFilesBelow, firstFile, titleOf } from './files.ts';
import { checkedChanges, checkedValues } from './marks.ts';
import { columnOf, readTable, valueIn } from './table.ts';
import { timeOrder } from './time-order.ts';

/** The file with the annotations of a folder's series. */
export const changesFile = 'changepoints.csv';
export const changesHeader = ['seriesId', 'annotator', 'reading'] as const;
/** The columns of the other files, which are those of `aed` itself. */
export const readingsHeader = ['seriesId', 'timestamp', 'value'] as const;

/** The name of the annotator if there is no such column. */
const onlyAnnotator = 'truth';

export function changesIn(folder: string): Promise<string | undefined> {
  return firstFile(folder, [changesFile]);
}

/**
 * Reads the CSV files of a folder: one has the changes of all series, the others have readings.
 *
 * A series without a row among the changes does not change. If an annotator marked nothing in a series, the row has no reading.
 *
 * @throws FailedError naming the file, the rule and the content
 */
export async function readCsvSet(folder: string, signal?: AbortSignal): Promise<AnnotatedSet> {
  const path = join(folder, changesFile);
  const readings = await readReadings(folder, signal);
  const marked = await readChanges(path, readings, signal);
  const series = [...readings].map(([name, { path: file, values }]) => {
    const annotators = [...(marked.get(name) ?? new Map([[onlyAnnotator, []]]))].map(
      ([annotator, changes]): Annotator => ({
        name: annotator,
        changes: checkedChanges(
          path,
          `${annotator === onlyAnnotator ? '' : `annotator ${annotator} of `}${name}`,
          changes,
          values.length,
        ),
      }),
    );
    return {
      name,
      group: groupOf(name),
      values: checkedValues(file, name, values),
      truth: { kind: 'changes', annotators } as const,
    };
  });
  return { title: titleOf(folder), series, leftOut: [] };
}

const timeRules = {
  'is none': 'timestamp must be a time such as 2026-01-01T00:00:00Z, or a number such as epoch milliseconds',
  'is earlier': 'the rows of a series must be in the order of time',
} as const;

interface Readings {
  readonly path: string;
  readonly values: number[];
}

async function readReadings(
  folder: string,
  signal: AbortSignal | undefined,
): Promise<ReadonlyMap<string, Readings>> {
  const series = new Map<string, Readings>();
  for (const name of (await csvFilesBelow(folder)).filter((file) => file !== changesFile)) {
    const path = join(folder, name);
    const table = await readTable(path, ',', signal);
    const [seriesAt, timeAt, valueAt] = readingsHeader.map((column) => columnOf(table, column));
    const order = timeOrder();
    for (const row of table.rows) {
      const id = row.cells[seriesAt ?? 0] ?? '';
      const one = series.get(id) ?? { path, values: [] };
      if (one.path !== path)
        throw badFile(path, `all readings of ${id} must be in one file`, `some in ${one.path}`);
      const time = row.cells[timeAt ?? 0] ?? '';
      const wrong = order.next(id, time);
      if (wrong !== undefined) throw badFile(`${path}, row ${row.number}`, timeRules[wrong], `'${time}'`);
      one.values.push(valueIn(table, row, valueAt ?? 0));
      series.set(id, one);
    }
  }
  if (series.size === 0)
    throw badFile(folder, `it must have a CSV file of readings beside ${changesFile}`, 'none');
  return series;
}

/** Reads the changes, by series and annotator. */
async function readChanges(
  path: string,
  readings: ReadonlyMap<string, Readings>,
  signal: AbortSignal | undefined,
): Promise<ReadonlyMap<string, ReadonlyMap<string, readonly number[]>>> {
  const table = await readTable(path, ',', signal);
  const [seriesAt, readingAt] = [columnOf(table, 'seriesId'), columnOf(table, 'reading')];
  const annotatorAt = table.header.indexOf('annotator');
  const marked = new Map<string, Map<string, number[]>>();
  for (const row of table.rows) {
    const id = row.cells[seriesAt] ?? '';
    if (!readings.has(id))
      throw badFile(`${path}, row ${row.number}`, 'seriesId must name a series that has readings', `'${id}'`);
    const annotator = annotatorAt === -1 ? onlyAnnotator : (row.cells[annotatorAt] ?? '');
    const ofSeries = marked.get(id) ?? new Map<string, number[]>();
    const changes = ofSeries.get(annotator) ?? [];
    // Only an empty cell says that nothing was marked: another text without a number is a mistake.
    if (row.cells[readingAt] !== '') changes.push(valueIn(table, row, readingAt));
    marked.set(id, ofSeries.set(annotator, changes));
  }
  return marked;
}
