import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname } from 'node:path';
import { describe, expect, test } from 'vitest';
import { checkLicences, installedWith, packagesIn } from '../../bin/build/third-party-page.ts';

interface Locked {
  readonly resolved?: string;
  readonly integrity?: string;
  readonly link?: boolean;
  readonly inBundle?: boolean;
  readonly hasInstallScript?: boolean;
}

const read = (path: string) => readFileSync(path, 'utf8');
const lock = JSON.parse(read('package-lock.json'));
const locked = Object.entries<Locked>(lock.packages);
const ofOthers = locked.filter(([folder, { link }]) => folder.includes('node_modules/') && link !== true);

describe('the lock', () => {
  test('has the integrity of each package that comes from a registry; what a package has within is part of its own', () => {
    expect(ofOthers.length).toBeGreaterThan(500);
    const without = ofOthers.filter(
      ([, { integrity, inBundle }]) => inBundle !== true && integrity === undefined,
    );
    expect(without).toEqual([]);
    for (const [, { integrity = '' }] of ofOthers) expect(integrity).toMatch(/^(sha512-[\w+/]{86}==)?$/);
  });

  test('names no registry', () => {
    expect(locked.filter(([, { resolved }]) => resolved?.includes('://'))).toEqual([]);
  });
});

describe('scripts of packages', () => {
  test('do not run when they are installed', () => {
    expect(read('.npmrc').split('\n')).toContain('ignore-scripts=true');
  });

  test('that would run are named, each with when it is needed', () => {
    const names = locked
      .filter(([, { hasInstallScript }]) => hasInstallScript === true)
      .map(([folder]) => folder.replace(/^.*node_modules\//, ''));
    const table = read('docs/packages.md').matchAll(/^\| `([^`]+)` \| [^|]+ \| needed /gm);
    expect([...table].map(([, name]) => name)).toEqual(names.sort());
  });

  test.each(['classic-level', 'leveldown'])(
    '%s needs none here: it brings what it has of native code',
    (name) => {
      const require = createRequire(import.meta.url);
      const { path } = require('node-gyp-build');
      expect(path(dirname(require.resolve(`${name}/package.json`)))).toContain('/prebuilds/');
      expect(() => require(name)).not.toThrow();
    },
  );
});

describe('what is deployed', () => {
  test('is installed with the tool as the page says, under licences that are fit', () => {
    const { dependencies } = JSON.parse(read('cli/package.json'));
    const installed = installedWith(Object.keys(dependencies), lock);
    expect(installed.length).toBeGreaterThan(100);
    expect(() => checkLicences(installed)).not.toThrow();
    const rows = read('docs/third-party.md').matchAll(/^\| (\S+) \| (\S+) \| .* \| (.*) \|$/gm);
    const listed = [...rows].filter(([, , , where]) => where?.includes('with the tool'));
    expect(listed.map(([, name, version]) => `${name} ${version}`).sort()).toEqual(
      installed.map(({ id }) => id).sort(),
    );
  });

  test('is refused under any other licence', () => {
    expect(() => checkLicences([{ id: 'x 1.0.0', licence: '(MIT AND GPL-3.0-only)' }])).toThrow(
      /^the licence of x 1\.0\.0 must be one of .*, got GPL-3\.0-only; /,
    );
  });

  test('is read from the list of licences that the build makes', () => {
    const rule = `\n${'-'.repeat(80)}\n\n`;
    const made = ['head\n', 'a 1.0.0\nb 2.0.0\n\nLicence: MIT\n\ntext\n', 'c 1.0.0\n\nLicence: ISC\n'].join(
      rule,
    );
    expect(packagesIn(made)).toEqual([
      { id: 'a 1.0.0', licence: 'MIT' },
      { id: 'b 2.0.0', licence: 'MIT' },
      { id: 'c 1.0.0', licence: 'ISC' },
    ]);
  });
});
