import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import {
  deployedFunctions,
  loadFunction,
  type Outcome,
  run,
} from '../../bench/cold-start/deployed-functions.ts';
import { useFolder } from '../use/folder.ts';

const directory = useFolder();
const cli = join('node_modules', 'aws-cdk', 'bin', 'cdk');
let synthesized: Outcome;
let refused: Outcome;

beforeAll(async () => {
  [synthesized, refused] = await Promise.all([
    cdkSynth('whole', '-c', 'practicalThreshold=3'),
    cdkSynth('refused', '-c', 'alpha=0'),
  ]);
}, 120_000);

test('the real command line synthesizes without Docker, account or region', () => {
  expect(synthesized).toMatchObject({ code: 0 });
});

test('a wrong setting fails with one line that says what to mend', () => {
  expect(refused.code).toBe(1);
  expect(refused.stderr.split('\n')[0]).toBe('alpha must be a number greater than 0 and less than 1, got 0');
  expect(refused.stderr).not.toMatch(/^\s+at /m);
});

test('each bundle is small and loads in Node with the environment that the stack gives it', async () => {
  const functions = deployed();
  expect(functions.map(({ name }) => name.replace(/[0-9A-F]{8}$/, ''))).toEqual([
    'IngestionRecorder',
    'DetectionDetector',
    'DetectionSweeper',
    'DetectionDigest',
  ]);
  for (const each of functions) {
    expect(readdirSync(each.bundle)).toEqual(['index.mjs', 'index.mjs.map']);
    expect(statSync(join(each.bundle, 'index.mjs')).size).toBeLessThan(1_000_000);
    const { code, stdout } = await loadFunction(each);
    expect([code, JSON.parse(stdout)]).toEqual([0, expect.objectContaining({ handler: 'function' })]);
  }
}, 60_000);

test('an error in a bundle names the source that threw it', async () => {
  for (const each of deployed()) {
    const { NODE_OPTIONS = '' } = each.environment;
    const { code, stderr } = await loadFunction({ ...each, environment: { NODE_OPTIONS } });
    expect(code).toBe(1);
    expect(stderr).toMatch(
      /RangeError: \w+ must be set in the environment\n +at \S+ \(.*lambda\/settings\.ts:\d+:\d+\)/,
    );
  }
}, 60_000);

const deployed = () => deployedFunctions(join(directory, 'whole'), 'ChangePointDetection');

/** No Docker: what CDK would call instead of it does not exist. No account or region: none is given. */
function cdkSynth(output: string, ...settings: readonly string[]): Promise<Outcome> {
  return run([cli, 'synth', '--quiet', '--output', join(directory, output), ...settings], {
    ...process.env,
    CDK_DOCKER: join(directory, 'no-docker'),
    AWS_CONFIG_FILE: join(directory, 'no-config'),
    AWS_SHARED_CREDENTIALS_FILE: join(directory, 'no-credentials'),
    AWS_EC2_METADATA_DISABLED: 'true',
  });
}
