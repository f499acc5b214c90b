/**
 * Opens the example page in headless Chromium, as its own server serves it with the built core.
 *
 * Run: npm run build && npx tsx test/web/browser/example-page.ts
 * Needs Chromium or Chrome, from the path or from the environment variable CHROMIUM (`apt-get install chromium`).
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { findBrowser } from './find-browser.ts';
import { documentAt } from './headless.ts';

const expected = 'Reading 28: down by 294, known at reading 36, p 0.0045';

const server = spawn(process.execPath, ['--import', 'tsx', 'examples/browser-page/serve.ts'], {
  stdio: ['ignore', 'pipe', 'inherit'],
});
try {
  const [url] = await once(createInterface({ input: server.stdout }), 'line');
  const document = await documentAt(findBrowser(), url);
  const items = [...document.matchAll(/<li>(.*?)<\/li>/g)].map(([, text]) => text);
  const marks = document.match(/<line /g)?.length ?? 0;
  if (items.join('\n') !== expected || marks !== 1) {
    throw new Error(`the page must say '${expected}' with one mark, got '${items.join('\n')}' with ${marks}`);
  }
  process.stdout.write(`${items.join('\n')}\n`);
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : error}\n`);
  process.exitCode = 1;
} finally {
  server.kill();
}
