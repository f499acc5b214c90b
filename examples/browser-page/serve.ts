/**
 * Serves the page and the built core on this machine.
 *
 * Run: npm run build && npx tsx examples/browser-page/serve.ts [port]
 */
import { existsSync, readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

const core = '../../core/dist/index.js';
if (!existsSync(new URL(core, import.meta.url))) {
  console.error('error: the core is not built: run npm run build first');
  process.exit(1);
}

const files: Readonly<Record<string, readonly [file: string, type: string]>> = {
  '/': ['./index.html', 'text/html'],
  '/page.js': ['./page.js', 'text/javascript'],
  '/core.js': [core, 'text/javascript'],
};

const server = createServer((request, response) => {
  const [path = ''] = request.url?.split('?') ?? [];
  const found = files[path];
  if (found === undefined) {
    response.writeHead(404).end();
    return;
  }
  const [file, type] = found;
  response.setHeader('content-type', `${type}; charset=utf-8`);
  response.end(readFileSync(new URL(file, import.meta.url)));
});
server.listen(Number(process.argv[2] ?? 0), '127.0.0.1', () => {
  const { port } = server.address() as AddressInfo;
  console.log(`http://127.0.0.1:${port}/`);
});
