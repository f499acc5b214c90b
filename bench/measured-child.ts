import { spawn } from 'node:child_process';
import { once } from 'node:events';

/** What a process has used over its whole life. */
export interface Used {
  readonly cpuSeconds: number;
  /** At its peak. */
  readonly megabytes: number;
}

/** Prints what this process has used so far to standard error, as JSON: for `runMeasured` in its parent. */
export function tellUsed(): void {
  const { maxRSS, userCPUTime, systemCPUTime } = process.resourceUsage();
  const used: Used = {
    cpuSeconds: (userCPUTime + systemCPUTime) / 1e6,
    megabytes: Math.round(maxRSS / 1024),
  };
  process.stderr.write(JSON.stringify(used));
}

/**
 * Runs a script in a process of its own that ends with `tellUsed`.
 *
 * @returns the last line of its standard output, read as JSON, and what it used
 * @throws Error with its standard error, if it fails
 */
export async function runMeasured<Out>(
  script: string,
  args: readonly string[],
  cwd?: string,
): Promise<{ readonly out: Out; readonly used: Used }> {
  const child = spawn(process.execPath, ['--import', 'tsx', script, ...args], { cwd });
  let [out, error] = ['', ''];
  child.stdout.on('data', (piece: Buffer) => {
    out += piece;
  });
  child.stderr.on('data', (piece: Buffer) => {
    error += piece;
  });
  const [code] = await once(child, 'close');
  if (code !== 0) throw new Error(error);
  return { out: JSON.parse(out.trimEnd().split('\n').at(-1) ?? ''), used: JSON.parse(error) };
}
