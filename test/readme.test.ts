import { readFileSync } from 'node:fs';
import { runInNewContext } from 'node:vm';
import * as core from '@aed/core';
import { expect, test } from 'vitest';
import { settingNames } from '../lib/settings.ts';

const page = readFileSync(new URL('../README.md', import.meta.url), 'utf8');

test('the program prints what its last line says', () => {
  const [, code = ''] = /```js\n(.*?)```/s.exec(page) ?? [];
  const [, expected] = /\n\/\/ (.*)\n$/.exec(code) ?? [];
  const printed: unknown[] = [];
  runInNewContext(code.replace(/^import .*$/m, ''), {
    ...core,
    console: { log: (line: unknown) => printed.push(line) },
  });
  expect(printed).toEqual([expected]);
});

test('every setting of the stack stands in the table, and no other', () => {
  const [, table = ''] = /### Settings\n.*?\n\| --- .*?\n(.*?)\n\n/s.exec(page) ?? [];
  const named = table
    .split('\n')
    .flatMap((row) => [...(row.split('|')[1] ?? '').matchAll(/`(\w+)`/g)].map(([, name]) => name));
  expect(named.sort()).toEqual([...settingNames].sort());
});

test('every link to a file of the project leads somewhere', () => {
  for (const [, path = ''] of page.matchAll(/\]\((?!http)([^)#]+)/g)) {
    expect(() => readFileSync(new URL(`../${path}`, import.meta.url))).not.toThrow();
  }
});
