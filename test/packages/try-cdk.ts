/**
 * Installs the packed construct in a fresh folder, synthesizes an app that uses it, deploys that on MiniStack and has it find a
 * change: `npx tsx test/packages/try-cdk.ts`, after `.ci/install-ministack`.
 *
 * There is no esbuild and no Docker. Apart from the suite because it installs CDK from the registry: a minute.
 */
import { deepStrictEqual } from 'node:assert/strict';
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { nile } from '../../cli/datasets/nile.ts';
import { putEvents } from '../../cli/produce/put-events.ts';
import { realBackoff } from '../../lambda/backoff.ts';
import { createClients, destroyClients } from '../../local/clients.ts';
import { bootstrap, deploy } from '../deploy/cdk.ts';
import { startMiniStack } from '../deploy/ministack.ts';
import { storedItems } from '../deploy/stored-items.ts';
import { until } from '../until.ts';
import { cdkApps, cdkSource, newest, oldest } from './cdk-apps.ts';
import { makeConsumer } from './consumer.ts';

process.env.CDK_DOCKER = 'no-docker';
const consumer = makeConsumer('lib', 'aws-cdk@2.1148.1', 'typescript@5.9.3', ...oldest);
try {
  if (existsSync(join(consumer.folder, 'node_modules/esbuild'))) throw new Error('esbuild must not be there');
  synthesize(oldest);
  consumer.install(...newest);
  synthesize(newest);
  await deployAndDetect();
} finally {
  consumer.remove();
}

/** By an app in CommonJS and by one of ES modules: the templates must be the same. */
function synthesize(versions: readonly string[]): void {
  const templates = cdkApps.map(({ source, compiled, options }) => {
    consumer.write(source, cdkSource);
    const compilerOptions = {
      ...options,
      target: 'es2022',
      lib: ['es2022', 'esnext.disposable'],
      types: [],
      strict: true,
    };
    consumer.write('tsconfig.json', JSON.stringify({ compilerOptions, files: [source] }));
    consumer.node('node_modules/typescript/bin/tsc', '-p', '.');
    consumer.write('cdk.json', JSON.stringify({ app: `node ${compiled}`, notices: false }));
    rmSync(join(consumer.folder, 'cdk.out'), { recursive: true, force: true });
    consumer.node('node_modules/aws-cdk/bin/cdk', 'synth', '--quiet');
    return readFileSync(join(consumer.folder, 'cdk.out/Plant.template.json'), 'utf8');
  });
  deepStrictEqual(templates, templates.toReversed());
  console.log(`ok: synthesized with ${versions.join(', ')}`);
}

async function deployAndDetect(): Promise<void> {
  const { endpoint, stop } = await startMiniStack();
  const clients = createClients({ kinesis: endpoint, dynamoDb: endpoint, messaging: endpoint });
  try {
    await bootstrap(endpoint);
    const { StreamName = '', ChangePointsTableName = '' } = await deploy(endpoint, {}, consumer.folder);
    console.log(`ok: deployed ${StreamName}`);
    const { readings } = await nile();
    await putEvents(clients.kinesis, StreamName, readings, { backoff: realBackoff });
    const found = await until(
      'a change point of the Nile is stored',
      async () => {
        const items = await storedItems<{ sortKey: string; changedAt: string }>(
          clients.dynamoDb,
          ChangePointsTableName,
        );
        return items.find(({ sortKey }) => sortKey.startsWith('CP#'));
      },
      100_000,
    );
    console.log(`ok: found the change of ${found.changedAt}`);
  } finally {
    destroyClients(clients);
    await stop();
  }
}
