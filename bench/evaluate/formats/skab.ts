import { join } from 'node:path';
import type { AnnotatedSeries, AnnotatedSet } from '../annotated.ts';
import { badFile, columnOf, csvFilesBelow, readTable, type Table, titleOf, valueIn } from './files.ts';
import { checkedValues } from './marks.ts';

const delimiter = ';';
const marks = { change: 'changepoint', anomaly: 'anomaly' };
const timeColumn = 'datetime';

/**
 * Reads the Skoltech Anomaly Benchmark. Each sensor of each file is a series of its own. The marks of a file apply to all of its
 * sensors.
 *
 * @throws FailedError naming the file, the rule and the content
 */
export async function readSkab(folder: string): Promise<AnnotatedSet> {
  const series: AnnotatedSeries[] = [];
  const leftOut: string[] = [];
  for (const name of await csvFilesBelow(folder)) {
    const table = await readTable(join(folder, name), delimiter);
    if (!isMarked(table)) leftOut.push(`${name} has no columns ${marks.anomaly} and ${marks.change}`);
    else series.push(...sensorsOf(name, table));
  }
  if (series.length === 0)
    throw badFile(
      folder,
      `a CSV file below it must have the columns ${marks.anomaly} and ${marks.change}, separated by ;`,
      'none',
    );
  return { title: titleOf(folder), series, leftOut };
}

/** Whether a CSV file below the folder has the columns of this format. */
export async function hasSkab(folder: string): Promise<boolean> {
  for (const name of await csvFilesBelow(folder))
    if (isMarked(await readTable(join(folder, name), delimiter))) return true;
  return false;
}

function isMarked({ header }: Table): boolean {
  return header.includes(marks.change) && header.includes(marks.anomaly);
}

function sensorsOf(file: string, table: Table): readonly AnnotatedSeries[] {
  const changeAt = columnOf(table, marks.change);
  const annotators = [{ name: marks.change, changes: markedRows(table, changeAt) }];
  const sensors = table.header.filter((name) => name !== timeColumn && !Object.values(marks).includes(name));
  if (sensors.length === 0)
    throw badFile(table.path, 'it must have the column of a sensor', `'${table.header.join(';')}'`);
  return sensors.map((sensor) => {
    const column = columnOf(table, sensor);
    const values = table.rows.map((row) => valueIn(table, row, column));
    return {
      name: `${file}: ${sensor}`,
      values: checkedValues(table.path, sensor, values),
      truth: { kind: 'changes', annotators },
    };
  });
}

function markedRows(table: Table, column: number): readonly number[] {
  return table.rows.flatMap((row, index) => {
    const mark = valueIn(table, row, column);
    if (mark === 0) return [];
    if (mark === 1) return [index];
    throw badFile(
      `${table.path}, row ${row.number}`,
      `${marks.change} must be 0 or 1`,
      `'${row.cells[column] ?? ''}'`,
    );
  });
}
