import { execFileSync } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';

/** Writes the result of a simulation and its method to bench/results, laid out as the sources are, and prints where. */
export async function writeResult(name: string, method: string, rows: readonly object[]): Promise<void> {
  const path = fileURLToPath(new URL(`../results/${name}.json`, import.meta.url));
  await writeFile(path, JSON.stringify({ method, rows }));
  execFileSync('npx', ['biome', 'format', '--write', path], { stdio: ['ignore', 'ignore', 'inherit'] });
  process.stdout.write(`${method}\n${rows.length} rows in ${path}\n`);
}
