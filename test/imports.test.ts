import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { ruledFolders, wrongImports } from './import-rules.ts';

const root = fileURLToPath(new URL('..', import.meta.url));

const sourcesOf = (folder: string): string[] =>
  readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.[cm]?[jt]sx?$/.test(name) && !/(^|[\\/])(node_modules|dist)[\\/]/.test(name))
    .map((name) => `${folder}/${name.split(sep).join('/')}`);

const present = ruledFolders.filter((folder) => existsSync(join(root, folder)));

test.each(present)('%s imports only inward', (folder) => {
  const wrong = sourcesOf(folder).flatMap((path) =>
    wrongImports(path, readFileSync(join(root, path), 'utf8')).map((specifier) => `${path} → ${specifier}`),
  );
  expect(wrong).toEqual([]);
});

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
    ['core/src/a.ts', "export * from '../../lib/limits.ts';", '../../lib/limits.ts'],
    ['lambda/a.ts', "import type { B } from '../lib/limits.ts';", '../lib/limits.ts'],
    ['lambda/a.ts', "import { b } from '../local/b.ts';", '../local/b.ts'],
    ['lib/a.ts', 'import { b } from "../lambda/recorder/recorder.ts";', '../lambda/recorder/recorder.ts'],
    ['lib/a.ts', "import { b } from '../bin/app.ts';", '../bin/app.ts'],
    ['local/emulators/a.ts', "import {\n  b,\n} from '../../lib/detection.ts';", '../../lib/detection.ts'],
    ['local/a.ts', "const { b } = require('../bin/aed.ts');", '../bin/aed.ts'],
    ['bin/a.ts', "import { b } from '../test/b.ts';", '../test/b.ts'],
  ])('%s: %s', (path, source, specifier) => {
    expect(wrongImports(path, source)).toEqual([specifier]);
  });
});

test.each([
  ['core/src/a.ts', "import { b } from './b.ts';"],
  ['lambda/a.ts', "import { AedDetector } from '@aed/core';\nimport { gunzipSync } from 'node:zlib';"],
  ['lib/a.ts', "import { limits } from './limits.ts';\nimport { fields } from '../lambda/settings.ts';"],
  ['local/emulators/a.ts', "import { limits } from '../../lib/limits.ts';"],
  ['bin/a.ts', "import { Command } from 'commander';\nimport { run } from '../local/run.ts';"],
])('an import that points inward is none: %s: %s', (path, source) => {
  expect(wrongImports(path, source)).toEqual([]);
});
