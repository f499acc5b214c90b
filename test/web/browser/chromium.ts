/**
 * Uses the packed core in headless Chromium: a page imports it, finds a change, and writes what it found.
 *
 * Run: npx tsx test/web/browser/chromium.ts
 * Needs Chromium or Chrome, from the path or from the environment variable CHROMIUM (`apt-get install chromium`).
 */
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { makeConsumer } from '../../packages/consumer.ts';
import { findBrowser } from './find-browser.ts';
import { documentAt } from './headless.ts';

const expected = 'changed at 20, up by 5';
const page = `<!doctype html><meta charset="utf-8"><p id="answer">nothing yet</p>
<script type="importmap">{ "imports": { "@aed/core": "/core.js" } }</script>
<script type="module">
  import { AedDetector } from '@aed/core';
  const detector = new AedDetector();
  const found = [...Array(20).fill(0), ...Array(20).fill(5)].map((value) => detector.push(value)).find(Boolean);
  const { changedAt, direction, magnitude } = found;
  document.getElementById('answer').textContent = \`changed at \${changedAt}, \${direction} by \${magnitude}\`;
</script>`;

async function answerIn(browser: string): Promise<string> {
  const consumer = makeConsumer('core', '--offline');
  const core = readFileSync(join(consumer.folder, 'node_modules/@aed/core/dist/index.js'));
  const server = createServer((request, response) => {
    const isCore = request.url === '/core.js';
    response.setHeader('content-type', isCore ? 'text/javascript' : 'text/html');
    response.end(isCore ? core : page);
  });
  try {
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    const document = await documentAt(browser, `http://127.0.0.1:${port}/`);
    return /<p id="answer">(.*?)<\/p>/.exec(document)?.[1] ?? document;
  } finally {
    server.close();
    consumer.remove();
  }
}

try {
  const browser = findBrowser();
  const answer = await answerIn(browser);
  if (answer !== expected) throw new Error(`the page says '${answer}', not '${expected}'`);
  process.stdout.write(`${execFileSync(browser, ['--version'], { encoding: 'utf8' }).trim()}: ${answer}\n`);
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : error}\n`);
  process.exitCode = 1;
}
