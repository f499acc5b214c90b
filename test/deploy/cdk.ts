import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);
const cli = join('node_modules', 'aws-cdk', 'bin', 'cdk');

/** Who the emulator takes us for: it looks no further. */
const account = { id: '000000000000', region: 'us-east-1', accessKeyId: 'test', secretAccessKey: 'test' };

/** What a deployment says of itself: the outputs of the stack. */
export type Outputs = Readonly<Record<string, string>>;

/** Prepares the account for deployments, with the real command line. */
export async function bootstrap(endpoint: string): Promise<void> {
  await inFolder((folder) =>
    cdk(endpoint, ['bootstrap', `aws://${account.id}/${account.region}`, '--output', folder]),
  );
}

/** Deploys the only stack of a project with these settings, as a user would. @returns its outputs */
export async function deploy(
  endpoint: string,
  settings: Readonly<Record<string, string>>,
  project = process.cwd(),
): Promise<Outputs> {
  const context = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
  return inFolder(async (folder) => {
    const outputs = join(folder, 'outputs.json');
    const deployment = ['deploy', '--method', 'direct', '--require-approval', 'never'];
    await cdk(endpoint, [...deployment, '--output', folder, '--outputs-file', outputs, ...context], project);
    const [ofStack] = Object.values<Outputs>(JSON.parse(readFileSync(outputs, 'utf8')));
    if (ofStack === undefined) throw new Error('the deployment has no outputs');
    return ofStack;
  });
}

async function inFolder<Result>(use: (folder: string) => Promise<Result>): Promise<Result> {
  const folder = mkdtempSync(join(tmpdir(), 'deploy-'));
  try {
    return await use(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** @throws Error with what the command wrote, if it fails */
async function cdk(endpoint: string, args: readonly string[], project = process.cwd()): Promise<void> {
  await run(process.execPath, [cli, ...args], {
    cwd: project,
    env: {
      ...process.env,
      AWS_ENDPOINT_URL: endpoint,
      AWS_REGION: account.region,
      AWS_ACCESS_KEY_ID: account.accessKeyId,
      AWS_SECRET_ACCESS_KEY: account.secretAccessKey,
      AWS_EC2_METADATA_DISABLED: 'true',
      AWS_CONFIG_FILE: '/dev/null',
      AWS_SHARED_CREDENTIALS_FILE: '/dev/null',
    },
  });
}
