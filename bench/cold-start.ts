/**
 * Measures the size of the functions' bundles, and how long they take to load at a cold start.
 *
 * Method: the stack is synthesized with its defaults, so the bundles are those that are deployed. Each is loaded in 15 fresh
 * processes of this Node, one after the other, with the function's own environment. The time runs from before the `import` until
 * the handler exists, with clients built and settings checked. It does not include the start of Node itself, which Lambda needs,
 * too. The result is the median of the processes. Fails if a bundle has 1 MB or more, or if no process loads it within 300 ms: the
 * fastest counts there, since other work on the machine delayed it least.
 *
 * Run: npx tsx bench/cold-start.ts
 */
import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { App } from 'aws-cdk-lib';
import { ChangePointDetectionStack } from '../lib/change-point-detection-stack.ts';
import { settingsFromContext } from '../lib/settings.ts';
import { type DeployedFunction, deployedFunctions, loadFunction } from './cold-start/deployed-functions.ts';
import { scriptArguments } from './script-arguments.ts';

scriptArguments(import.meta.url);

const processes = 15;
const most = { bytes: 1_000_000, milliseconds: 300 };
const stackName = 'ChangePointDetection';

const output = mkdtempSync(join(tmpdir(), 'cold-start-'));
try {
  const { context } = JSON.parse(readFileSync('cdk.json', 'utf8'));
  const app = new App({ outdir: output, context: { ...context, 'aws:cdk:enable-asset-metadata': true } });
  new ChangePointDetectionStack(app, stackName, { settings: settingsFromContext({}) });
  app.synth();
  const measured = [];
  for (const deployed of deployedFunctions(output, stackName)) measured.push(await measure(deployed));

  process.stdout.write(`Node ${process.version}, ${cpus().length} × ${cpus()[0]?.model}\n`);
  console.table(
    measured.map(({ name, bytes, sorted, median }) => ({
      function: name,
      'bundle, kB': Math.round(bytes / 1000),
      'load, ms': Math.round(median),
      fastest: Math.round(sorted[0] ?? Number.NaN),
      slowest: Math.round(sorted.at(-1) ?? Number.NaN),
    })),
  );
  const over = measured.filter(
    ({ bytes, sorted: [fastest = Number.NaN] }) => !(bytes < most.bytes && fastest < most.milliseconds),
  );
  for (const { name } of over) {
    process.stderr.write(`${name} must be below ${most.bytes} bytes and ${most.milliseconds} ms\n`);
  }
  process.exitCode = over.length;
} finally {
  rmSync(output, { recursive: true, force: true });
}

async function measure(deployed: DeployedFunction) {
  const times: number[] = [];
  for (let each = 0; each < processes; each++) {
    const { code, stdout, stderr } = await loadFunction(deployed);
    if (code !== 0) throw new Error(`${deployed.name} does not load: ${stderr}`);
    times.push(JSON.parse(stdout).milliseconds);
  }
  const sorted = times.toSorted((a, b) => a - b);
  return {
    name: deployed.name.replace(/[0-9A-F]{8}$/, ''),
    bytes: statSync(join(deployed.bundle, 'index.mjs')).size,
    sorted,
    median: sorted[Math.floor(processes / 2)] ?? Number.NaN,
  };
}
