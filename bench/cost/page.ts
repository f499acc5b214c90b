/**
 * Writes the tables of cost into docs/operations.md, from bench/results/cost.json.
 *
 * Run: npx tsx bench/cost/page.ts
 */
import { readFile, writeFile } from 'node:fs/promises';
import { fillOwnTables } from '../page-tables.ts';
import { scriptArguments } from '../script-arguments.ts';
import { tables } from './tables.ts';

scriptArguments(import.meta.url);

const page = new URL('../../docs/operations.md', import.meta.url);
await writeFile(page, fillOwnTables(await readFile(page, 'utf8'), tables));
process.stdout.write('docs/operations.md: tables written\n');
