import { accessSync, constants } from 'node:fs';
import { delimiter, join, resolve } from 'node:path';

/**
 * The path of a Chromium or Chrome: the one that the environment variable CHROMIUM names, else one from the path.
 *
 * @throws Error that says how to come by one, if there is none
 */
export function findBrowser(): string {
  const { CHROMIUM, PATH = '' } = process.env;
  const names = CHROMIUM
    ? [CHROMIUM]
    : ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];
  const found = names
    .flatMap((name) =>
      name.includes('/') ? [resolve(name)] : PATH.split(delimiter).map((folder) => join(folder, name)),
    )
    .find(isExecutable);
  if (found === undefined) {
    throw new Error(
      `no browser to test in: none of ${names.join(', ')} is there. Install Chromium (apt-get install chromium), or name one in CHROMIUM.`,
    );
  }
  return found;
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
