import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { tables } from '../../../bench/cost/tables.ts';
import { fillOwnTables } from '../../../bench/page-tables.ts';

test('docs/operations.md is what npx tsx bench/cost/page.ts writes', () => {
  const page = readFileSync(new URL('../../../docs/operations.md', import.meta.url), 'utf8');
  expect(fillOwnTables(page, tables)).toBe(page);
});
