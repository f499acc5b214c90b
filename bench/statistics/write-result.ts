import { execFileSync } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';

/** Writes the result of a simulation and its method to bench/results, and prints where. */
export async function writeResult(name: string, method: string, rows: readonly object[]): Promise<void> {
  const path = await writeJson(name, { method, rows });
  process.stdout.write(`${method}\n${rows.length} rows in ${path}\n`);
}

/** Writes a file of bench/results, laid out as the sources are. @returns its path */
export async function writeJson(name: string, content: object): Promise<string> {
  const path = fileURLToPath(new URL(`../results/${name}.json`, import.meta.url));
  await writeFile(path, JSON.stringify(content));
  execFileSync('npx', ['biome', 'format', '--write', path], { stdio: ['ignore', 'ignore', 'inherit'] });
  return path;
}
