import { execFileSync } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

const root = fileURLToPath(new URL('../..', import.meta.url));
const run = (...command: string[]): string =>
  execFileSync(process.execPath, command, { cwd: root, encoding: 'utf8' });
const tsc = (...options: string[]) => run(join(root, 'node_modules/typescript/bin/tsc'), ...options);

describe('the built package, in a project that depends on it', () => {
  const project = mkdtempSync(join(tmpdir(), 'aed-core-'));
  const installed = join(project, 'node_modules/@aed/core');

  beforeAll(() => {
    mkdirSync(installed, { recursive: true });
    copyFileSync(join(root, 'core/package.json'), join(installed, 'package.json'));
    tsc('-p', 'core/tsconfig.build.json', '--outDir', join(installed, 'dist'));
  });
  afterAll(() => rmSync(project, { recursive: true }));

  test('runs on plain Node', () => {
    const script = join(project, 'use.mjs');
    writeFileSync(
      script,
      `import * as core from '@aed/core';
       const [found] = core.detectChangePoints([...Array(20).fill(0), ...Array(20).fill(5)]);
       console.log(JSON.stringify({ names: Object.keys(core), changedAt: found.changedAt }));`,
    );
    expect(JSON.parse(run(script))).toEqual({
      names: ['AedDetector', 'detectChangePoints', 'mannKendallTest', 'mppTest', 'segments'],
      changedAt: 20,
    });
  });

  test('brings types that a strict compiler follows to the end', () => {
    const source = join(project, 'use.mts');
    writeFileSync(
      source,
      `import { AedDetector, type ChangePoint, type DetectorState, type MppResult, type Segment } from '@aed/core';
       export const level: ChangePoint['after']['median'] = 1;
       export const state: DetectorState = new AedDetector({ restart: 'change' }).toJSON();
       export const parts: [MppResult['statistic'], Segment['start']] = [1, 2];
       // @ts-expect-error: were the types lost on the way, this would pass
       export const direction: ChangePoint['direction'] = 'sideways';`,
    );
    const strict = ['--strict', '--skipLibCheck', 'false', '--noEmit', '--target', 'es2022', '--types', ''];
    expect(tsc(...strict, '--module', 'nodenext', '--ignoreConfig', source)).toBe('');
  });
});
