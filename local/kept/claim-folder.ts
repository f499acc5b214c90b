import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/**
 * Creates a folder if needed, and claims it for this process: two pipelines in one folder would corrupt each other's data.
 *
 * @returns a function that releases it; if the process dies, the claim no longer counts
 * @throws Error if a running process has claimed it, or it cannot be written
 */
export async function claimFolder(folder: string): Promise<() => Promise<void>> {
  await mkdir(folder, { recursive: true });
  const file = join(folder, 'owner');
  const owner = Number(await readFile(file, 'utf8').catch(() => ''));
  if (owner > 0 && owner !== process.pid && isRunning(owner)) {
    throw new Error(`${folder} is in use by process ${owner}; end that one first, or take another folder`);
  }
  await writeFile(file, String(process.pid));
  return () => rm(file, { force: true });
}

/** Whether the process runs, whoever owns it. */
export function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
