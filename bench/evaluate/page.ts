/**
 * Writes the scores on the synthetic set, from bench/results, into docs/evaluation.md.
 *
 * Run: npx tsx bench/evaluate/page.ts, after bench/evaluate/measure.ts
 */
import { readFile, writeFile } from 'node:fs/promises';
import { fillTables } from '../page-tables.ts';
import { scriptArguments } from '../script-arguments.ts';
import { pageTables } from './page-tables.ts';

scriptArguments(import.meta.url);

const page = new URL('../../docs/evaluation.md', import.meta.url);
await writeFile(page, fillTables(await readFile(page, 'utf8'), pageTables));
process.stdout.write('docs/evaluation.md: tables written\n');
