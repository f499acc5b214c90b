import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** Runs an example as its README says, with this text on its standard input. */
export function runExample(
  file: string,
  args: readonly string[] = [],
  input = '',
): Promise<{ readonly stdout: string; readonly stderr: string }> {
  return new Promise((resolve, reject) => {
    const command = ['--import', 'tsx', `examples/${file}`, ...args];
    const child = execFile(process.execPath, command, { cwd: root }, (error, stdout, stderr) => {
      if (error === null) resolve({ stdout, stderr });
      else reject(new Error(`${file} failed: ${stderr}`));
    });
    child.stdin?.end(input);
  });
}
