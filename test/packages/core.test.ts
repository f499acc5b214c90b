import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { transformSync } from 'esbuild';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Consumer, makeConsumer } from './consumer.ts';

const compiler = fileURLToPath(new URL('../../node_modules/typescript/bin/tsc', import.meta.url));
const names = [
  'AedDetector',
  'RegimeEvidence',
  'alphaAt',
  'detectChangePoints',
  'falseAlarmEveryAt',
  'falseAlarmProbability',
  'mannKendallTest',
  'mppTest',
  'optionTable',
  'optionsFromText',
  'optionsToText',
  'pValueAt',
  'phaseAt',
  'resolveOptions',
  'scanTest',
  'segments',
  'statisticAt',
];
const use = `
  const [found] = core.detectChangePoints([...Array(20).fill(0), ...Array(20).fill(5)]);
  console.log(JSON.stringify({ names: Object.keys(core), changedAt: found.changedAt }));`;

describe('the packed core', () => {
  let consumer: Consumer;
  beforeAll(() => {
    consumer = makeConsumer('core', '--offline');
  });
  afterAll(() => consumer?.remove());

  test('holds an ES module and a CommonJS one, their types, a README and the licence, and nothing else', () => {
    expect([...consumer.tarball.files].sort()).toEqual([
      'LICENSE',
      'README.md',
      'dist/cjs/index.d.ts',
      'dist/cjs/index.js',
      'dist/cjs/package.json',
      'dist/index.d.ts',
      'dist/index.js',
      'package.json',
    ]);
  });

  test('is at most 92 kB', () => expect(consumer.tarball.bytes).toBeLessThanOrEqual(92_000));

  // The table of options is 1.5 kB of it: its words are what command line, page and documents show.
  test('is an entry of at most 29 kB, minified and gzipped', () => {
    const entry = readFileSync(join(consumer.folder, 'node_modules/@aed/core/dist/index.js'), 'utf8');
    const { code } = transformSync(entry, { minify: true, format: 'esm' });
    expect(gzipSync(code, { level: 9 }).length).toBeLessThanOrEqual(29_000);
  });

  test('depends on nothing', () => {
    const manifest = readFileSync(join(consumer.folder, 'node_modules/@aed/core/package.json'), 'utf8');
    expect(Object.keys(JSON.parse(manifest))).not.toContain('dependencies');
  });

  test.each([
    ['an ES module', 'use.mjs', `import * as core from '@aed/core';${use}`],
    ['CommonJS', 'use.cjs', `const core = require('@aed/core');${use}`],
  ])('works from %s', (_, file, source) => {
    const { names: found, changedAt } = JSON.parse(consumer.node(consumer.write(file, source)));
    expect(found.filter((name: string) => !name.startsWith('__')).sort()).toEqual(names);
    expect(changedAt).toBe(20);
  });

  test('gives CommonJS its own module, also where `require` takes no ES module', () => {
    const file = consumer.write('path.cjs', "console.log(require.resolve('@aed/core'));");
    expect(consumer.node(file).trim()).toMatch(/dist[\\/]cjs[\\/]index\.js$/);
  });

  test('has types that import no other file', () => {
    const types = readFileSync(join(consumer.folder, 'node_modules/@aed/core/dist/cjs/index.d.ts'), 'utf8');
    expect(types).not.toMatch(/^import|import\(|\.ts'/m);
  });

  const typed = `
    export const level: ChangePoint['after']['median'] = 1;
    export const state: DetectorState = new AedDetector({ restart: 'change' }).toJSON();
    export const parts: [MppResult['statistic'], Segment['start'], TrendResult['z'], Trend['slope']] = [1, 2, 3, 4];
    export const since: number | undefined = new AedDetector().level?.since;
    export const near: [CurrentLevel['median'], CurrentEvidence['fraction']] = [1, 0.5];
    export const how: MissingValues = { missing: 'throw' };
    export const withGaps: [ChangePoint[], Segment[]] = [
      detectChangePoints([1, null, undefined], {}, { missing: 'skip' }),
      segments([1, null, undefined], undefined, { missing: 'skip' }),
    ];
    // @ts-expect-error: a value is missing, and nothing says that it may be
    detectChangePoints([1, null]);
    // @ts-expect-error: were the types lost on the way, this would pass
    export const direction: ChangePoint['direction'] = 'sideways';`;
  const imported = `import { AedDetector, type ChangePoint, type CurrentEvidence, type CurrentLevel, detectChangePoints, type DetectorState, type MissingValues, segments, type MppResult, type Segment, type Trend, type TrendResult } from '@aed/core';`;

  test.each([
    ['nodenext', 'an ES module', 'typed.mts', ['--module', 'nodenext']],
    ['nodenext', 'CommonJS', 'typed.cts', ['--module', 'nodenext']],
    ['bundler', 'a module', 'typed.ts', ['--module', 'esnext', '--moduleResolution', 'bundler']],
  ])('has types that a strict compiler follows to the end: %s, %s', (_, __, file, options) => {
    const source = consumer.write(file, `${imported}${typed}`);
    const strict = ['--strict', '--skipLibCheck', 'false', '--noEmit', '--target', 'es2022', '--types', ''];
    expect(consumer.node(compiler, ...strict, ...options, '--ignoreConfig', source)).toBe('');
  });
});
