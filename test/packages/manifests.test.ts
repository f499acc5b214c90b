import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { newest, oldest } from './cdk-apps.ts';
import { coreProjects, jestVersion } from './core-projects.ts';

interface Manifest {
  readonly name: string;
  readonly version: string;
  readonly license: string;
  readonly engines: Readonly<Record<string, string>>;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly devDependencies?: Readonly<Record<string, string>>;
  readonly peerDependencies?: Readonly<Record<string, string>>;
}

const read = (path: string): string => readFileSync(path, 'utf8');
const manifestOf = (folder: string): Manifest => JSON.parse(read(`${folder}/package.json`));
const root = manifestOf('.');
const installed = { ...root.devDependencies, ...root.dependencies };
const page = read('docs/packages.md');

describe.each([
  ['core', '@aed/core'],
  ['lib', '@aed/cdk'],
  ['cli', 'aed'],
])('the package of %s', (folder, name) => {
  const manifest = manifestOf(folder);

  test('is called what the page calls it, and has a README that says the same', () => {
    expect(manifest.name).toBe(name);
    expect(page).toContain(`| [\`${name}\`](../${folder}/README.md) | \`${folder}\` |`);
    expect(read(`${folder}/README.md`).split('\n')[0]).toBe(`# ${name}`);
  });

  test('has the version, the licence and the Node of the repository', () => {
    const { version, license, engines } = root;
    expect(manifest).toMatchObject({ version, license, engines });
    expect(read(`${folder}/LICENSE`)).toBe(read('LICENSE'));
  });

  test('depends on what the repository is tested with', () => {
    for (const [dependency, version] of Object.entries(manifest.dependencies ?? {})) {
      expect([dependency, version]).toEqual([dependency, installed[dependency]]);
    }
  });
});

test('the construct takes CDK from the oldest version that is tried, and the newest is that of the repository', () => {
  const peers = Object.entries(manifestOf('lib').peerDependencies ?? {});
  expect(peers.map(([name, range]) => `${name}@${range.replace('^', '')}`)).toEqual(oldest);
  expect(peers.map(([name]) => `${name}@${installed[name]}`)).toEqual(newest);
});

test('no package shadows the folder of bundles or of the page that only packages have', () => {
  expect(['lib/functions', 'web/server/built-page', 'cli/report/built-report'].filter(existsSync)).toEqual(
    [],
  );
});

test.each(coreProjects)('the page tells with what $name is tried', ({ name, compilers }) => {
  expect(page).toContain(`| ${name} | ${compilers.join(', ')} |`);
});

test('the page tells the version of Jest and the oldest versions of CDK', () => {
  expect(page).toContain(`Jest ${jestVersion}`);
  for (const each of [...oldest, ...newest]) expect(page).toContain(each.replace('@', ' '));
});
