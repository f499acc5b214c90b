import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join, posix } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const root = fileURLToPath(new URL('..', import.meta.url));

/** The files that Git knows of, also those that are not committed yet. */
const files = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard', '-z'], {
  cwd: root,
  encoding: 'utf8',
})
  .split('\0')
  .filter((path) => path !== '' && existsSync(join(root, path)));

const isTest = (path: string) => /\.(test|page|deploy)\.ts$/.test(path);
const sources = files.filter((path) => /\.([cm]?[jt]sx?|css)$/.test(path) && !isTest(path));
const linesOf = (path: string) => readFileSync(join(root, path), 'utf8').split('\n').length - 1;

test('the top level has at most 12 folders and 12 files', () => {
  const folders = new Set(files.filter((path) => path.includes('/')).map((path) => path.split('/')[0]));
  const topFiles = files.filter((path) => !path.includes('/'));
  expect([...folders].length, [...folders].join(' ')).toBeLessThanOrEqual(12);
  expect(topFiles.length, topFiles.join(' ')).toBeLessThanOrEqual(12);
});

test('no source file has more than 200 lines; tests may', () => {
  const long = sources.filter((path) => linesOf(path) > 200).map((path) => `${path}: ${linesOf(path)}`);
  expect(long).toEqual([]);
});

test('half of the source files have at most 70 lines', () => {
  const lines = sources.map(linesOf).sort((a, b) => a - b);
  expect(lines.length).toBeGreaterThan(300);
  expect(lines[lines.length >> 1]).toBeLessThanOrEqual(70);
});

test('no folder has more than 35 source files', () => {
  const byFolder = new Map<string, number>();
  for (const path of sources) byFolder.set(posix.dirname(path), (byFolder.get(posix.dirname(path)) ?? 0) + 1);
  expect([...byFolder].filter(([, count]) => count > 35)).toEqual([]);
});

test('no two files of the service export one name for two things', () => {
  const places = new Map<string, string[]>();
  for (const path of sources.filter((path) =>
    /^(core\/src|lambda|lib|local|web|cli|bin)\/.*\.ts$/.test(path),
  )) {
    for (const name of exportedNames(readFileSync(join(root, path), 'utf8')))
      places.set(name, [...(places.get(name) ?? []), path]);
  }
  // Lambda calls each function by this name.
  places.delete('handler');
  expect([...places].filter(([, paths]) => paths.length > 1)).toEqual([]);
});

function exportedNames(source: string): Set<string> {
  const declaration = /^export (?:async )?(?:const|let|function\*?|class|interface|type|enum) +([\w$]+)/gm;
  return new Set([...source.matchAll(declaration)].map(([, name = '']) => name));
}
