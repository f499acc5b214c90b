/**
 * Writes the tables of options and settings into docs/settings.md, and what a change of a setting does, and what a look costs, into
 * docs/operations.md.
 *
 * Run: npx tsx bench/settings/page.ts
 */
import { readFile, writeFile } from 'node:fs/promises';
import { fillTables } from '../page-tables.ts';
import { scriptArguments } from '../script-arguments.ts';
import { withReplacements } from './replacement-table.ts';
import { tables } from './tables.ts';

scriptArguments(import.meta.url);

const pages = {
  'settings.md': (page: string) => fillTables(page, tables),
  'operations.md': withReplacements,
};
for (const [name, filled] of Object.entries(pages)) {
  const page = new URL(`../../docs/${name}`, import.meta.url);
  await writeFile(page, filled(await readFile(page, 'utf8')));
  process.stdout.write(`docs/${name}: tables written\n`);
}
