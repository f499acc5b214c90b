import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

/** The document at an address as it is once its scripts have run. */
export async function documentAt(browser: string, url: string): Promise<string> {
  const options = [
    '--headless',
    '--no-sandbox',
    '--disable-gpu',
    '--virtual-time-budget=10000',
    '--dump-dom',
  ];
  const { stdout } = await promisify(execFile)(browser, [...options, url], { timeout: 60_000 });
  return stdout;
}
