import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import { until } from '../until.ts';

/** An emulated AWS account, fresh and empty. */
export interface MiniStack {
  readonly endpoint: string;
  /** Ends it, and with it everything that was deployed. */
  stop(): Promise<void>;
}

/**
 * Starts MiniStack on a free port, or takes the one that runs at `MINISTACK_URL` (its Docker image, say).
 *
 * The functions run as processes of the Node that is on the path, so the test covers whichever runtime it runs on.
 *
 * @throws Error saying what is missing
 */
export async function startMiniStack(): Promise<MiniStack> {
  const running = process.env.MINISTACK_URL;
  if (running !== undefined) return { endpoint: running, stop: async () => {} };
  const home = process.env.MINISTACK_HOME ?? join(homedir(), '.cache', 'aed-ministack');
  const executable = join(home, 'bin', 'ministack');
  if (!existsSync(executable)) {
    throw new Error(
      `MiniStack must be at ${executable}: run .ci/install-ministack, or start its Docker image and set MINISTACK_URL`,
    );
  }
  const port = await freePort();
  const directory = mkdtempSync(join(tmpdir(), 'ministack-'));
  const child = spawn(executable, {
    env: {
      ...process.env,
      GATEWAY_PORT: String(port),
      BIND_HOST: '127.0.0.1',
      LAMBDA_EXECUTOR: 'local',
      LOG_LEVEL: 'WARNING',
      STATE_DIR: directory,
      TMPDIR: directory,
    },
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  const endpoint = `http://127.0.0.1:${port}`;
  await until('MiniStack answers', () => answers(`${endpoint}/_ministack/health`, child), 30_000);
  return {
    endpoint,
    async stop() {
      const ended = once(child, 'exit');
      child.kill('SIGTERM');
      await ended;
      rmSync(directory, { recursive: true, force: true });
    },
  };
}

async function answers(url: string, child: ChildProcess): Promise<true | undefined> {
  if (child.exitCode !== null) throw new Error(`MiniStack ended with exit code ${child.exitCode}`);
  const response = await fetch(url).catch(() => undefined);
  return response?.ok ? true : undefined;
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  if (address === null || typeof address === 'string') throw new TypeError('a TCP server has a port');
  return address.port;
}
