/**
 * Writes what was measured of the scan and of other detectors into docs/figures.md.
 *
 * Run: npx tsx bench/speed/page.ts
 */
import { readFile, writeFile } from 'node:fs/promises';
import { scriptArguments } from '../script-arguments.ts';
import { withSpeedTables } from './tables.ts';

scriptArguments(import.meta.url);

const page = new URL('../../docs/figures.md', import.meta.url);
await writeFile(page, withSpeedTables(await readFile(page, 'utf8')));
