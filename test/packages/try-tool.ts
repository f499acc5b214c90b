/**
 * Installs the packed tool in a fresh folder and uses it there, without and with a service: `npx tsx test/packages/try-tool.ts`.
 *
 * Apart from the suite because it installs the tool's dependencies from the registry: a minute.
 */
import { strict as assert } from 'node:assert';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { makeConsumer } from './consumer.ts';

const tool = makeConsumer('cli');
// Before the tests of the tool are loaded, whose ways to start it are used here.
process.env.AED_LAUNCHER = join(tool.folder, 'node_modules/.bin/aed');
process.env.XDG_RUNTIME_DIR = tool.folder;
const { aed, startAed } = await import('../cli/aed.ts');

const inFolder = (name: string) => join(tool.folder, name);
const json = (text: string) =>
  text
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));

async function run(...args: readonly string[]): Promise<string> {
  const { code, out, error } = await aed(args);
  assert.equal(code, 0, `aed ${args.join(' ')} must exit with 0, got ${code}: ${error}`);
  console.log(`ok: aed ${args.join(' ').replaceAll(`${tool.folder}/`, '')}`);
  return out;
}

try {
  assert(!['esbuild', 'tsx', 'typescript'].some((name) => existsSync(inFolder(`node_modules/${name}`))));
  await withoutService();
  await withService();
} finally {
  tool.remove();
}

async function withoutService(): Promise<void> {
  const { version } = JSON.parse(readFileSync(inFolder('node_modules/aed/package.json'), 'utf8'));
  assert.equal(await run('--version'), `${version}\n`);
  assert.match(await run('--help'), /quarantine/);
  const readings = inFolder('readings.csv');
  await run('produce', '--csv', readings, '--points', '500', '--shift-every', '100', '--seed', '1');
  assert(json(await run('detect', readings, '--json')).some(({ type }) => type === 'changePoint'));
  for (const name of ['report.html', 'report.svg', 'report.png']) {
    await run('detect', readings, '--report', inFolder(name));
    assert(readFileSync(inFolder(name)).length > 10_000);
  }
}

async function withService(): Promise<void> {
  // In a process of its own for the emulators, by two data sets: one comes with the tool, the other with a package.
  for (const dataset of ['nile', 'sensor-network']) {
    const replayed = json(await run('replay', '--dataset', dataset, '--json'));
    assert(replayed.length > 1, `aed replay must find changes in ${dataset}, got ${replayed.length} lines`);
  }
  const local = startAed(['local', '--json', '--data', inFolder('kept')]);
  try {
    const { page } = JSON.parse(await local.nextLine());
    await servesPage(page);
    const watching = startAed(['watch', '--json', '--count', '1']);
    await watching.nextLine();
    await run('produce', '--fast', '--points', '400', '--seed', '1', '--name', 'boiler');
    assert.equal(JSON.parse(await watching.nextLine()).seriesId, 'boiler');
    console.log('ok: aed local, aed watch');
    assert.equal(json(await run('series', '--json'))[0].seriesId, 'boiler');
    await run('history', 'boiler', '--report', inFolder('history.html'));
    await run('validate', '--fast', '--seed', '1', '--points', '300');
    await run('quarantine', 'list');
  } finally {
    assert.equal(await local.end('SIGINT'), 130, local.error());
  }
}

/** Every file that the page names, and the worker that its script starts. */
async function servesPage(page: string): Promise<void> {
  const html = await (await fetch(page)).text();
  const named = [...html.matchAll(/(?:src|href)="(\/?[\w-]+\.\w+)"/g)].map(([, path = '']) => path);
  assert(named.length >= 3, `the page must name its script, style and icon, got ${named.join(', ')}`);
  for (const path of [...named, 'what-if.js']) {
    const { status, headers } = await fetch(new URL(path, page));
    assert.equal(status, 200, path);
    console.log(`ok: page, ${path}: ${headers.get('content-type')}`);
  }
}
