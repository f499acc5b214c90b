import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** A project in a temporary folder, with nothing in it but the packed core, installed as anybody would. */
export interface Consumer {
  readonly folder: string;
  /** What the tarball holds, and its size. */
  readonly tarball: { readonly files: readonly string[]; readonly bytes: number };
  /** Writes a file and returns its path. */
  write(name: string, text: string): string;
  /** Runs a Node script with arguments and returns what it printed. */
  node(...command: readonly string[]): string;
  remove(): void;
}

const root = fileURLToPath(new URL('../..', import.meta.url));

export function makeConsumer(): Consumer {
  const folder = mkdtempSync(join(tmpdir(), 'aed-core-'));
  const run = (cwd: string, file: string, command: readonly string[]): string =>
    execFileSync(file, command, { cwd, encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] });
  const [packed] = JSON.parse(
    run(root, 'npm', ['pack', '--json', '--silent', '--workspace', 'core', '--pack-destination', folder]),
  );
  const write = (name: string, text: string): string => {
    const path = join(folder, name);
    writeFileSync(path, text);
    return path;
  };
  write('package.json', '{ "private": true }');
  run(folder, 'npm', ['install', '--silent', '--offline', '--no-audit', '--no-fund', `./${packed.filename}`]);
  return {
    folder,
    tarball: { files: packed.files.map(({ path }: { path: string }) => path), bytes: packed.size },
    write,
    node: (...command) => run(folder, process.execPath, command),
    remove: () => rmSync(folder, { recursive: true }),
  };
}
