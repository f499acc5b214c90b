import { zonedTime } from '../../../lambda/reading/zoned-time.ts';
import { type AnnotatedSeries, type AnnotatedSet, groupOf, type Window } from '../annotated.ts';
import { badFile, firstFile, readJsonObject, titleOf } from './files.ts';
import { checkedValues } from './marks.ts';
import { columnOf, readTable, valueIn } from './table.ts';

const windowsFiles = ['labels/combined_windows.json', 'combined_windows.json'];

/** The file with the windows; `undefined` if the folder has none. */
export function windowsIn(folder: string): Promise<string | undefined> {
  return firstFile(folder, windowsFiles);
}

/**
 * Reads the Numenta Anomaly Benchmark: every file that its windows name.
 *
 * @throws FailedError naming the file, the rule and the content
 */
export async function readNab(folder: string, signal?: AbortSignal): Promise<AnnotatedSet> {
  const path = await windowsIn(folder);
  if (path === undefined) throw badFile(folder, `it must have a file ${windowsFiles[0]}`, 'none');
  const series: AnnotatedSeries[] = [];
  const leftOut: string[] = [];
  for (const [name, windows] of Object.entries(await readJsonObject(path, signal))) {
    const file = await firstFile(folder, [`data/${name}`, name]);
    if (file === undefined) {
      leftOut.push(`${name} has windows but no file`);
      continue;
    }
    const { times, values } = await readSeries(file, signal);
    series.push({
      name,
      group: groupOf(name),
      values: checkedValues(file, name, values),
      truth: { kind: 'windows', windows: readWindows(path, name, windows, times) },
    });
  }
  return { title: titleOf(folder), series, leftOut };
}

async function readSeries(path: string, signal: AbortSignal | undefined) {
  const table = await readTable(path, ',', signal);
  const [timeAt, valueAt] = [columnOf(table, 'timestamp'), columnOf(table, 'value')];
  const times = table.rows.map(({ cells, number }) => {
    const time = timeIn(cells[timeAt]);
    if (time !== undefined) return time;
    throw badFile(`${path}, row ${number}`, `timestamp must be ${timeRule}`, `'${cells[timeAt] ?? ''}'`);
  });
  const early = times.findIndex((_, index) => isOutOfOrder(times, index));
  const row = table.rows[early];
  if (row !== undefined)
    throw badFile(
      `${path}, row ${row.number}`,
      'the rows must be in the order of time',
      `'${row.cells[timeAt] ?? ''}'`,
    );
  return { times, values: table.rows.map((row) => valueIn(table, row, valueAt)) };
}

const hour = 3_600_000;

/**
 * Whether a time is earlier than the one before it.
 *
 * The times have no zone. One file of the benchmark has an hour twice, where its clock was set back: then, with that hour, the step is as long as
 * the one before.
 */
function isOutOfOrder(times: readonly number[], index: number): boolean {
  const stepTo = (at: number) => (times[at] ?? Number.NaN) - (times[at - 1] ?? Number.NaN);
  return stepTo(index) < 0 && stepTo(index) + hour !== stepTo(index - 1);
}

function readWindows(
  path: string,
  name: string,
  given: unknown,
  times: readonly number[],
): readonly Window[] {
  if (!Array.isArray(given))
    throw badFile(path, `the windows of ${name} must be an array`, JSON.stringify(given));
  return given.map((window: unknown) => {
    const [from, to] = Array.isArray(window) && window.length === 2 ? window.map(timeIn) : [];
    if (from === undefined || to === undefined || from > to)
      throw badFile(
        path,
        `a window of ${name} must be two times in order, each ${timeRule}`,
        JSON.stringify(window),
      );
    const isIn = (time: number) => from <= time && time <= to;
    const first = times.findIndex(isIn);
    if (first === -1)
      throw badFile(path, `a window of ${name} must contain a row of its file`, JSON.stringify(window));
    return { first, last: times.findLastIndex(isIn) };
  });
}

const timeRule = 'a time such as 2014-04-10 07:15:00';

/** Parses a time of the benchmark, which has no zone, as UTC. */
function timeIn(text: unknown): number | undefined {
  return typeof text === 'string' ? zonedTime(`${text.replace(' ', 'T')}Z`)?.ms : undefined;
}
