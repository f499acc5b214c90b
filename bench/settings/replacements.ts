/**
 * Asks `cdk diff` for each setting what a change of it does to a service that is deployed: replaces, changes, makes, deletes.
 *
 * It compares a service that has only defaults with one that has one other setting, by CloudFormation's own rules, on this machine alone.
 *
 * Run: npx tsx bench/settings/replacements.ts, which takes a minute or two, then npx tsx bench/settings/page.ts
 */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App } from 'aws-cdk-lib';
import { ChangePointDetectionStack } from '../../lib/change-point-detection-stack.ts';
import { settingsFromContext } from '../../lib/settings.ts';
import type { SettingName } from '../../lib/settings-table.ts';
import { run } from '../cold-start/deployed-functions.ts';
import { scriptArguments } from '../script-arguments.ts';
import { writeJson } from '../statistics/write-result.ts';
import { changesIn } from './cdk-diff.ts';

scriptArguments(import.meta.url);

type Context = Readonly<Record<string, string>>;

/**
 * A value of each setting that is not its default; of the detector's options, which all do the same, the first.
 *
 * Another `stackName` is another service, and `shardsNow` is nowhere in the template.
 */
const changes: Readonly<Record<Exclude<SettingName, 'stackName' | 'shardsNow'> | 'alpha', string>> = {
  alpha: '0.001',
  streamName: 'readings',
  eventsTableName: 'events',
  changePointsTableName: 'change-points',
  rulesTableName: 'rules',
  topicName: 'changes',
  peopleTopicName: 'told',
  email: 'me@example.org',
  seriesIdField: 'device',
  timestampField: 'time',
  valueField: 'reading',
  timestampUnit: 's',
  numbersAsText: 'on',
  shards: '2',
  streamRetentionHours: '48',
  recorderBatchWindowSeconds: '5',
  recorderParallelizationFactor: '2',
  recorderReservedConcurrency: '10',
  recorderStartsAt: '2026-01-31T12:00:00.000Z',
  detectorBatchWindowSeconds: '5',
  detectorParallelizationFactor: '2',
  detectorReservedConcurrency: '10',
  digestSeconds: '5',
  eventBus: 'plant',
  eventRetentionDays: '30',
  maxFutureSkewSeconds: '60',
  shardLevelMetrics: 'on',
  enhancedFanOut: 'on',
  customerManagedKey: 'on',
  tableCapacity: '100',
  onDemandLimit: '500',
  warmReads: '20000',
  warmWrites: '20000',
  eventsRecovery: 'off',
  deletionProtection: 'on',
  removal: 'destroy',
};

const folder = mkdtempSync(join(tmpdir(), 'replacements-'));
const cli = join('node_modules', 'aws-cdk', 'bin', 'cdk');
const { context: flags } = JSON.parse(readFileSync('cdk.json', 'utf8'));

/** Writes the service's template, without bundles: no setting changes code. @returns its folder */
function synthesize(name: string, context: Context): string {
  const outdir = join(folder, name);
  const app = new App({ outdir, context: { ...flags, 'aws:cdk:bundling-stacks': [] } });
  new ChangePointDetectionStack(app, 'Service', { settings: settingsFromContext(context) });
  app.synth();
  return outdir;
}

try {
  const deployed = join(synthesize('deployed', {}), 'Service.template.json');
  const rows = [];
  for (const [setting, value] of Object.entries(changes)) {
    const changed = synthesize(setting, { [setting]: value });
    const diff = ['diff', '--no-color', '--app', changed, '--template', deployed];
    const { code, stdout, stderr } = await run([cli, ...diff], process.env);
    if (code !== 0) throw new Error(`cdk diff failed for ${setting}: ${stderr}`);
    rows.push({ setting, value, ...changesIn(`${stdout}\n${stderr}`) });
    process.stdout.write(`${setting}\n`);
  }
  const { version } = JSON.parse(readFileSync('node_modules/aws-cdk/package.json', 'utf8'));
  await writeJson('replacements', { command: `cdk diff of aws-cdk ${version}`, rows });
} finally {
  rmSync(folder, { recursive: true, force: true });
}
