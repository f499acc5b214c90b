/**
 * Writes the tables of options and settings into docs/settings.md.
 *
 * Run: npx tsx bench/settings/page.ts
 */
import { readFile, writeFile } from 'node:fs/promises';
import { fillTables } from '../page-tables.ts';
import { tables } from './tables.ts';

const page = new URL('../../docs/settings.md', import.meta.url);
await writeFile(page, fillTables(await readFile(page, 'utf8'), tables));
process.stdout.write('docs/settings.md: tables written\n');
