import { join } from 'node:path';
import { type AnnotatedSeries, type AnnotatedSet, groupOf } from '../annotated.ts';
import { badFile, csvFilesBelow, titleOf } from './files.ts';
import { checkedValues } from './marks.ts';
import { columnOf, readHeader, readTable, type Table, valueIn } from './table.ts';

const delimiter = ';';
const marks = { change: 'changepoint', anomaly: 'anomaly' };
const timeColumn = 'datetime';

/**
 * Reads the Skoltech Anomaly Benchmark. Each sensor of each file is a series of its own. The marks of a file apply to all of its
 * sensors.
 *
 * @throws FailedError naming the file, the rule and the content
 */
export async function readSkab(folder: string, signal?: AbortSignal): Promise<AnnotatedSet> {
  const series: AnnotatedSeries[] = [];
  const leftOut: string[] = [];
  for (const name of await csvFilesBelow(folder)) {
    const path = join(folder, name);
    if (await isMarked(path, signal))
      series.push(...sensorsOf(name, await readTable(path, delimiter, signal)));
    else leftOut.push(`${name} has no columns ${marks.anomaly} and ${marks.change}`);
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
export async function hasSkab(folder: string, signal?: AbortSignal): Promise<boolean> {
  for (const name of await csvFilesBelow(folder)) if (await isMarked(join(folder, name), signal)) return true;
  return false;
}

async function isMarked(path: string, signal: AbortSignal | undefined): Promise<boolean> {
  const header = (await readHeader(path, delimiter, signal)) ?? [];
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
      group: groupOf(file),
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
