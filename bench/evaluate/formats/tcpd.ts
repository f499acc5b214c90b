import { type AnnotatedSeries, type AnnotatedSet, type Annotator, groupOf } from '../annotated.ts';
import { badFile, firstFile, readJsonObject, titleOf } from './files.ts';
import { checkedChanges, checkedValues } from './marks.ts';

const annotationsFiles = ['annotations.json', 'analysis/annotations/annotations.json'];

/** The file with the annotations; `undefined` if the folder has none. */
export function annotationsIn(folder: string): Promise<string | undefined> {
  return firstFile(folder, annotationsFiles);
}

/**
 * Reads the Turing Change Point Dataset: every series that its annotations name.
 *
 * Series of several dimensions are left out, as in the paper's comparison of univariate methods.
 *
 * @throws FailedError naming the file, the rule and the content
 */
export async function readTcpd(folder: string, signal?: AbortSignal): Promise<AnnotatedSet> {
  const path = await annotationsIn(folder);
  if (path === undefined) throw badFile(folder, `it must have a file ${annotationsFiles[0]}`, 'none');
  const series: AnnotatedSeries[] = [];
  const leftOut: string[] = [];
  for (const [name, annotations] of Object.entries(await readJsonObject(path, signal))) {
    const file = await firstFile(folder, [
      `datasets/${name}/${name}.json`,
      `datasets/${name}.json`,
      `${name}.json`,
    ]);
    if (file === undefined) {
      leftOut.push(`${name} is annotated but has no file`);
      continue;
    }
    const values = await readValues(file, signal);
    if (values === undefined) leftOut.push(`${name} has several dimensions`);
    else {
      const annotators = readAnnotators(path, name, annotations, values.length);
      series.push({
        name,
        group: groupOf(name),
        values: checkedValues(file, name, values),
        truth: { kind: 'changes', annotators },
      });
    }
  }
  return { title: titleOf(folder), series, leftOut };
}

/** The values of a univariate file; `undefined` if it has several dimensions. */
async function readValues(
  path: string,
  signal: AbortSignal | undefined,
): Promise<readonly number[] | undefined> {
  const { series } = await readJsonObject(path, signal);
  const dimensions: readonly unknown[] = Array.isArray(series) ? series : [];
  if (dimensions.length > 1) return undefined;
  const raw = Object(dimensions[0]).raw;
  if (!Array.isArray(raw) || raw.length === 0)
    throw badFile(path, 'series[0].raw must be an array of numbers', JSON.stringify(raw) ?? 'none');
  return raw.map((value: unknown, index) => {
    if (value === null) return Number.NaN;
    if (Number.isFinite(value)) return Number(value);
    throw badFile(
      path,
      `series[0].raw[${index}] must be a number, or null where it is missing`,
      typeof value === 'number' ? `${value}` : JSON.stringify(value),
    );
  });
}

function readAnnotators(path: string, series: string, given: unknown, length: number): readonly Annotator[] {
  const annotators = Object.entries(Object(given)).map(([name, changes]): Annotator => {
    const whose = `annotator ${name} of ${series}`;
    if (!Array.isArray(changes))
      throw badFile(path, `the changes of ${whose} must be an array`, JSON.stringify(changes));
    return { name, changes: checkedChanges(path, whose, changes, length) };
  });
  if (annotators.length === 0) throw badFile(path, `${series} must have an annotator`, JSON.stringify(given));
  return annotators;
}
