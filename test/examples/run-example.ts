import { type ChildProcessWithoutNullStreams, execFile, spawn } from 'node:child_process';
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));

/**
 * Runs an example as its README says, with this text on its standard input.
 *
 * @param file - from the folder of the examples, or absolute
 */
export function runExample(
  file: string,
  args: readonly string[] = [],
  input = '',
): Promise<{ readonly stdout: string; readonly stderr: string }> {
  return new Promise((succeed, fail) => {
    const child = execFile(
      process.execPath,
      commandOf(file, args),
      { cwd: root },
      (error, stdout, stderr) => {
        if (error === null) succeed({ stdout, stderr });
        else fail(new Error(`${file} failed: ${stderr}`));
      },
    );
    child.stdin?.end(input);
  });
}

/** Starts an example, whose input stays open. */
export function startExample(file: string, args: readonly string[] = []): ChildProcessWithoutNullStreams {
  return spawn(process.execPath, commandOf(file, args), { cwd: root });
}

const commandOf = (file: string, args: readonly string[]) => [
  '--import',
  'tsx',
  resolve(root, 'examples', file),
  ...args,
];
