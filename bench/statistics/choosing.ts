/**
 * Walks real series through the decision tree of docs/choosing.md, as somebody who knows the data but no statistics: each answer adds to the
 * command, the command runs, and what it reports is compared with what is known of the series.
 *
 * Run: npx tsx bench/statistics/choosing.ts [folder], then npx tsx bench/statistics/page.ts
 * With a folder, it also writes the series there, as CSV.
 */
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { scriptArguments, text } from '../script-arguments.ts';
import { walkThrough } from './walk-through.ts';
import { walks } from './walks.ts';
import { writeResult } from './write-result.ts';

const { folder } = scriptArguments(import.meta.url, { folder: text() });
if (folder !== undefined) await mkdir(folder, { recursive: true });
const rows = [];
for (const [index, walk] of walks.entries()) {
  if (folder !== undefined) await writeFile(join(folder, `walk-${index + 1}.csv`), walk.csv);
  const row = await walkThrough(walk);
  rows.push(row);
  process.stdout.write(
    `${row.data}: aed detect ${row.flags}: ${row.reported.length} change points, ${row.right ? 'right' : 'wrong'}\n`,
  );
}
await writeResult(
  'choosing',
  'Five real series of the repository through the decision tree of docs/choosing.md, by the answers of somebody who knows the data but no statistics: ' +
    'the flags that follow, the change points that `aed detect` reports with them, whether these are what is known of the series, and in how many answers. ' +
    'Beside it: the number of change points without any flag, and whether a note says that they may be wander.',
  rows,
);
