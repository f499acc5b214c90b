import { writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';

/** Writes the result of a simulation and its method to bench/results, and prints where. */
export async function writeResult(name: string, method: string, rows: readonly object[]): Promise<void> {
  const lines = rows.map((row) => `    ${JSON.stringify(row)}`).join(',\n');
  const text = `{\n  "method": ${JSON.stringify(method)},\n  "rows": [\n${lines}\n  ]\n}\n`;
  const path = fileURLToPath(new URL(`../results/${name}.json`, import.meta.url));
  await writeFile(path, text);
  process.stdout.write(`${method}\n${rows.length} rows in ${path}\n`);
}
