import { readdirSync, readFileSync } from 'node:fs';
import { join, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { roomOf, rooms, specifiersIn, targetOf, wrongImports } from './import-rules.ts';

const root = fileURLToPath(new URL('..', import.meta.url));

const sourcesOf = (folder: string): string[] =>
  readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.[cm]?[jt]sx?$/.test(name) && !/(^|[\\/])(node_modules|dist)[\\/]/.test(name))
    .map((name) => `${folder}/${name.split(sep).join('/')}`);

const folders = [...new Set(rooms.map((room) => room.split('/')[0] ?? room))];
const sources = folders.flatMap(sourcesOf);
const textOf = (path: string) => readFileSync(join(root, path), 'utf8');

test.each(rooms)('%s imports only what its rule allows', (room) => {
  const wrong = sources
    .filter((path) => roomOf(path) === room)
    .flatMap((path) => wrongImports(path, textOf(path)).map((specifier) => `${path} → ${specifier}`));
  expect(wrong).toEqual([]);
});

test('no room is empty, and no source is in none', () => {
  const filled = new Set(sources.map(roomOf));
  expect(rooms.filter((room) => !filled.has(room))).toEqual([]);
  expect(sources.filter((path) => roomOf(path) === undefined)).toEqual([]);
});

test('no file imports itself, also by way of others, types included', () => {
  const imports = new Map(
    [...sources, ...sourcesOf('test')].map((path) => [
      path,
      specifiersIn(textOf(path)).flatMap((specifier) => targetOf(path, specifier) ?? []),
    ]),
  );
  expect(circle(imports)).toBeUndefined();
});

test.each([
  [{ a: ['b'], b: ['c'], c: [] }, undefined],
  [{ a: ['b'], b: ['c'], c: ['b'] }, ['b', 'c', 'b']],
  [{ a: ['a'] }, ['a', 'a']],
])('a circle is found: %j', (imports, found) => {
  expect(circle(new Map(Object.entries(imports)))).toEqual(found);
});

/** The files of a circle of imports, the first one again at its end; `undefined` if there is none. */
function circle(imports: ReadonlyMap<string, readonly string[]>): readonly string[] | undefined {
  const done = new Set<string>();
  const visit = (path: string, way: readonly string[]): readonly string[] | undefined => {
    if (way.includes(path)) return [...way.slice(way.indexOf(path)), path];
    if (done.has(path)) return undefined;
    for (const target of imports.get(path) ?? []) {
      const found = visit(target, [...way, path]);
      if (found !== undefined) return found;
    }
    done.add(path);
    return undefined;
  };
  for (const path of imports.keys()) {
    const found = visit(path, []);
    if (found !== undefined) return found;
  }
  return undefined;
}

test('the sources are found', () => {
  expect(sourcesOf('core')).toContain('core/src/detector.ts');
  expect(sourcesOf('lambda')).toContain('lambda/detector.lambda.ts');
});

describe('an import that points the wrong way is found', () => {
  test.each([
    ['core/src/a.ts', "import { b } from '../../lambda/b.ts';", '../../lambda/b.ts'],
    ['core/src/a.ts', "import { readFile } from 'node:fs';", 'node:fs'],
    ['core/src/a.ts', "import 'fast-check';", 'fast-check'],
    ['core/src/a.ts', "const b = await import('lodash');", 'lodash'],
    ['core/src/a.ts', "export * from '../../lib/deployment-limits.ts';", '../../lib/deployment-limits.ts'],
    ['lambda/a.ts', "import type { B } from '../lib/deployment-limits.ts';", '../lib/deployment-limits.ts'],
    ['lambda/a.ts', "import { b } from '../local/b.ts';", '../local/b.ts'],
    ['lib/a.ts', 'import { b } from "../lambda/recorder/recorder.ts";', '../lambda/recorder/recorder.ts'],
    ['lib/a.ts', "import { b } from '../bin/app.ts';", '../bin/app.ts'],
    ['local/emulators/a.ts', "import {\n  b,\n} from '../../lib/detection.ts';", '../../lib/detection.ts'],
    ['local/a.ts', "const { b } = require('../bin/aed.ts');", '../bin/aed.ts'],
    ['bin/a.ts', "import { b } from '../test/b.ts';", '../test/b.ts'],
    ['web/page/a.ts', "import { b } from '../../core/src/b.ts';", '../../core/src/b.ts'],
    ['bench/a.ts', "import type { B } from '../core/src/b.ts';", '../core/src/b.ts'],
    ['lambda/a.ts', "import { b } from './tables/b.ts';", './tables/b.ts'],
    ['lambda/tables/a.ts', "import { b } from '../detector/b.ts';", '../detector/b.ts'],
    ['lambda/record/a.ts', "import { b } from '../tables/b.ts';", '../tables/b.ts'],
    ['local/emulators/a.ts', "import { b } from '../pipeline.ts';", '../pipeline.ts'],
    ['web/page/a.ts', "import type { B } from '../server/b.ts';", '../server/b.ts'],
    ['web/server/a.ts', "import { b } from '../../cli/context.ts';", '../../cli/context.ts'],
    ['cli/report/a.ts', "export { b } from '../commands/b.ts';", '../commands/b.ts'],
    ['nowhere/a.ts', "import { b } from '../lambda/b.ts';", '../lambda/b.ts'],
  ])('%s: %s', (path, source, specifier) => {
    expect(wrongImports(path, source)).toEqual([specifier]);
  });
});

test.each([
  ['core/src/a.ts', "import { b } from './b.ts';"],
  ['lambda/a.ts', "import { AedDetector } from '@aed/core';\nimport { gunzipSync } from 'node:zlib';"],
  [
    'lib/a.ts',
    "import { deploymentLimits } from './deployment-limits.ts';\nimport { fields } from '../lambda/settings.ts';",
  ],
  ['local/event-source-mapping/a.ts', "import { deploymentLimits } from '../../lib/deployment-limits.ts';"],
  ['bin/a.ts', "import { Command } from 'commander';\nimport { run } from '../cli/run.ts';"],
])('an import that points inward is none: %s: %s', (path, source) => {
  expect(wrongImports(path, source)).toEqual([]);
});
