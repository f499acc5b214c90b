import { execFile, execFileSync } from 'node:child_process';
import { promisify } from 'node:util';

/** Chromium or Chrome, from the path or from the environment variable CHROMIUM. @throws Error saying how to get one */
export function findBrowser(): string {
  const { CHROMIUM } = process.env;
  const names = CHROMIUM
    ? [CHROMIUM]
    : ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];
  const found = names.find((name) => {
    try {
      execFileSync(name, ['--version'], { stdio: 'ignore' });
      return true;
    } catch {
      return false;
    }
  });
  if (found === undefined) {
    throw new Error(
      `no browser to test in: none of ${names.join(', ')} runs. Install Chromium (apt-get install chromium), or name one in CHROMIUM.`,
    );
  }
  return found;
}

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
