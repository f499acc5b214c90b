import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** A project in a temporary folder, with nothing in it but a packed package, installed as anybody would. */
export interface Consumer {
  readonly folder: string;
  /** What the tarball holds, and its size. */
  readonly tarball: { readonly files: readonly string[]; readonly bytes: number };
  /** Writes a file and returns its path. */
  write(name: string, text: string): string;
  /** Installs packages from the registry. */
  install(...packages: readonly string[]): void;
  /** Runs a Node script with arguments and returns what it printed. */
  node(...command: readonly string[]): string;
  remove(): void;
}

const root = fileURLToPath(new URL('../..', import.meta.url));

/**
 * Packs a folder of the repository and installs it, without any script of a dependency.
 *
 * @param more - what else `npm install` is told, such as packages to install beside it
 */
export function makeConsumer(packed: 'core' | 'lib' | 'cli', ...more: readonly string[]): Consumer {
  const folder = mkdtempSync(join(tmpdir(), 'aed-consumer-'));
  const run = (cwd: string, file: string, command: readonly string[]): string =>
    execFileSync(file, command, { cwd, encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] });
  const [tarball] = JSON.parse(
    run(root, 'npm', [
      'pack',
      `./${packed}`,
      '--ignore-scripts=false',
      '--json',
      '--silent',
      '--pack-destination',
      folder,
    ]),
  );
  const write = (name: string, text: string): string => {
    const path = join(folder, name);
    writeFileSync(path, text);
    return path;
  };
  write('package.json', '{ "private": true }');
  const install = (...packages: readonly string[]) =>
    run(folder, 'npm', ['install', '--ignore-scripts', '--silent', '--no-audit', '--no-fund', ...packages]);
  install(`./${tarball.filename}`, ...more);
  return {
    folder,
    tarball: { files: tarball.files.map(({ path }: { path: string }) => path), bytes: tarball.size },
    write,
    install,
    node: (...command) => run(folder, process.execPath, command),
    remove: () => rmSync(folder, { recursive: true }),
  };
}
