import { execFile } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';

interface Outcome {
  readonly code: number | string | null;
  readonly stdout: string;
  readonly stderr: string;
}

const directory = mkdtempSync(join(tmpdir(), 'synth-'));
const cli = join('node_modules', 'aws-cdk', 'bin', 'cdk');
const region = 'eu-central-1';
let synthesized: Outcome;
let refused: Outcome;

beforeAll(async () => {
  [synthesized, refused] = await Promise.all([
    cdkSynth('whole', '-c', 'practicalThreshold=3'),
    cdkSynth('refused', '-c', 'alpha=0'),
  ]);
}, 120_000);

afterAll(() => rmSync(directory, { recursive: true, force: true }));

test('the real command line synthesizes without Docker, account or region', () => {
  expect(synthesized).toMatchObject({ code: 0 });
});

test('a wrong setting fails with one line that says what to mend', () => {
  expect(refused.code).toBe(1);
  expect(refused.stderr.split('\n')[0]).toBe('alpha must be a number greater than 0 and less than 1, got 0');
  expect(refused.stderr).not.toMatch(/^\s+at /m);
});

test('each bundle is small, mapped, and loads in Node with the environment that the stack gives it', async () => {
  const functions = deployedFunctions();
  expect(functions.map(({ name }) => name.replace(/[0-9A-F]{8}$/, ''))).toEqual([
    'IngestionRecorder',
    'DetectionDetector',
    'DetectionSweeper',
  ]);
  for (const { bundle, environment } of functions) {
    expect(readdirSync(bundle)).toEqual(['index.mjs', 'index.mjs.map']);
    expect(statSync(join(bundle, 'index.mjs')).size).toBeLessThan(1_000_000);
    expect(await loadHandler(bundle, environment)).toMatchObject({ code: 0, stdout: 'function' });
  }
}, 60_000);

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

function loadHandler(bundle: string, environment: Readonly<Record<string, string>>): Promise<Outcome> {
  const url = pathToFileURL(join(bundle, 'index.mjs')).href;
  const script = `process.stdout.write(typeof (await import(${JSON.stringify(url)})).handler)`;
  return run(['--input-type=module', '--eval', script], { ...environment, AWS_REGION: region });
}

function run(args: readonly string[], env: NodeJS.ProcessEnv): Promise<Outcome> {
  return new Promise((resolve) => {
    execFile(process.execPath, args, { env }, (error, stdout, stderr) => {
      resolve({ code: error === null ? 0 : (error.code ?? null), stdout, stderr });
    });
  });
}

interface Deployed {
  readonly name: string;
  readonly bundle: string;
  readonly environment: Readonly<Record<string, string>>;
}

/** The functions of the template, each with its bundle and its environment; what only a deployment knows is a name. */
function deployedFunctions(): Deployed[] {
  const output = join(directory, 'whole');
  const template = JSON.parse(readFileSync(join(output, 'ChangePointDetection.template.json'), 'utf8'));
  return Object.entries<FunctionResource>(template.Resources)
    .filter(([, { Type }]) => Type === 'AWS::Lambda::Function')
    .map(([name, { Properties, Metadata }]) => ({
      name,
      bundle: join(output, Metadata['aws:asset:path']),
      environment: Object.fromEntries(
        Object.entries(Properties.Environment.Variables).map(([key, value]) => [
          key,
          typeof value === 'string' ? value : value.Ref,
        ]),
      ),
    }));
}

interface FunctionResource {
  readonly Type: string;
  readonly Properties: {
    readonly Environment: { readonly Variables: Record<string, string | { Ref: string }> };
  };
  readonly Metadata: { readonly 'aws:asset:path': string };
}
