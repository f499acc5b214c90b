import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const compiler = fileURLToPath(new URL('../../node_modules/typescript/bin/tsc', import.meta.url));

/** Compiles the declarations of a project into a temporary folder. @param use - called with the folder, which is deleted afterwards */
export function withCompiledTypes<Result>(project: string, use: (folder: string) => Result): Result {
  const folder = mkdtempSync(join(tmpdir(), 'aed-types-'));
  try {
    execFileSync(process.execPath, [compiler, '-p', project, '--outDir', folder], { stdio: 'inherit' });
    return use(folder);
  } finally {
    rmSync(folder, { recursive: true });
  }
}
