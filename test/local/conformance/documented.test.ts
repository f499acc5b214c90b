import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { textOf } from '../../pages.ts';

const page = textOf('docs/emulators.md');
const rows = page.split('\n').filter((line) => /^\| (?!what |---)/.test(line));

test('every difference between an emulator and AWS has the page that documents what AWS does', () => {
  expect(rows.length).toBeGreaterThan(20);
  for (const row of rows) {
    expect(row.split(' | ')).toHaveLength(4);
    expect(row).toMatch(/\]\(https:\/\/docs\.aws\.amazon\.com\//);
  }
});

test('the page is of the MiniStack that is installed', () => {
  const [, version] = /^version=(.+)$/m.exec(readFileSync('.ci/install-ministack', 'utf8')) ?? [];
  expect(page).toContain(`**MiniStack** ${version}.`);
});
