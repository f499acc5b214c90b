import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/**
 * Makes a folder if there is none, and claims it for this process: two pipelines on one folder would spoil each other's data.
 *
 * @returns what frees it again; a process that dies without doing so leaves it free, too
 * @throws Error if another process that still runs has it, or it cannot be written
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

/** Whether there is such a process, its own user's or another's. */
export function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
