import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { tables, withTables } from '../../bench/statistics/tables.ts';

const page = readFileSync(new URL('../../docs/statistics.md', import.meta.url), 'utf8');

test.each(Object.keys(tables))('the page shows the table %s', (name) => {
  expect(page).toContain(`<!-- table: ${name} -->`);
});

test('its tables are what was measured', () => expect(withTables(page)).toBe(page));

test('a table that was not measured is refused', () => {
  expect(() => withTables('<!-- table: magic -->\n<!-- end -->')).toThrow("got 'magic'");
});
