import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { pagesWithTables, tables, withTables } from '../../bench/statistics/tables.ts';

const textOf = (page: string) => readFileSync(new URL(`../../docs/${page}`, import.meta.url), 'utf8');

test.each(Object.keys(tables))('some page shows the table %s', (name) => {
  const mark = `<!-- table: ${name} -->`;
  expect(pagesWithTables.some((page) => textOf(page).includes(mark))).toBe(true);
});

test.each(pagesWithTables)('the tables of %s are what was measured', (page) => {
  expect(textOf(page)).toContain('<!-- table: ');
  expect(withTables(textOf(page))).toBe(textOf(page));
});

test('a table that was not measured is refused', () => {
  expect(() => withTables('<!-- table: magic -->\n<!-- end -->')).toThrow("got 'magic'");
});
