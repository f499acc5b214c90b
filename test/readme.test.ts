import { existsSync } from 'node:fs';
import { runInNewContext } from 'node:vm';
import * as core from '@aed/core';
import { describe, expect, test } from 'vitest';
import { settingNames } from '../lib/settings.ts';
import { pages, textOf } from './pages.ts';

const page = textOf('README.md');

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

test('has at most 1,100 words beside its code', () => {
  const words = withoutCode(page).split(/\s+/).filter(Boolean);
  expect(words.length).toBeLessThanOrEqual(1100);
});

test('every setting of the stack stands in the tables of settings, and no other', () => {
  const tables = [...textOf('docs/settings.md').matchAll(/^\| setting \|.*\n\| --- .*\n((?:\|.*\n)+)/gm)];
  const named = tables.flatMap(([, rows = '']) => rows.trimEnd().split('\n')).map(firstCell);
  expect(named.sort()).toEqual([...settingNames].sort());
});

describe.each(pages)('%s', (path) => {
  const text = textOf(path);
  const folder = path.slice(0, path.lastIndexOf('/') + 1);

  test('links to files and headings that exist', () => {
    for (const [, target = ''] of withoutCode(text).matchAll(/\]\((?!https?:)([^)]+)\)/g)) {
      const [file = '', anchor] = target.split('#');
      const linked = file === '' ? path : new URL(`${folder}${file}`, 'file:///').pathname.slice(1);
      expect(existsSync(new URL(`../${linked}`, import.meta.url)), target).toBe(true);
      if (anchor !== undefined) expect(anchorsOf(textOf(linked)), target).toContain(anchor);
    }
  });

  test('names scripts of the package that exist', () => {
    const { scripts } = JSON.parse(textOf('package.json'));
    for (const [, script = ''] of text.matchAll(/npm run ([\w:-]+)/g))
      expect(scripts).toHaveProperty([script]);
  });

  test('names paths that exist', () => {
    for (const [, named = ''] of text.matchAll(pathOfTheProject)) {
      expect(existsSync(new URL(`../${named}`, import.meta.url)), named).toBe(true);
    }
  });
});

/** A path below one of the top folders, those of earlier layouts included. */
const pathOfTheProject =
  /(?<![\w./@-])((?:bench|bin|cli|core|datasets|docs|examples|lambda|lib|local|producer|report|test|web)\/(?:[\w.-]*[\w-]\/?)*)/g;

function withoutCode(text: string): string {
  return text.replaceAll(/```.*?```/gs, '');
}

function firstCell(row: string): string | undefined {
  return /^\| `(\w+)` \|/.exec(row)?.[1];
}

/** The anchors of a page's headings, as GitHub makes them. */
function anchorsOf(text: string): string[] {
  return [...withoutCode(text).matchAll(/^#+ (.+)$/gm)].map(([, heading = '']) =>
    heading
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N}_ -]/gu, '')
      .replaceAll(' ', '-'),
  );
}
