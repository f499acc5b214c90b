import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync } from 'node:fs';
import { createServer } from 'node:net';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';

const startSeconds = 60;
const pauseMs = 100;

export interface DynamoDbLocal {
  readonly endpoint: string;
  close(): Promise<void>;
}

/**
 * Starts AWS's own DynamoDB Local, in memory, as `.ci/install-dynamodb-local` installed it.
 *
 * @throws Error if it is not installed, or does not start
 */
export async function startDynamoDbLocal(): Promise<DynamoDbLocal> {
  const lib = installed();
  const port = await freePort();
  const java = spawn(
    'java',
    [
      `-Djava.library.path=${lib}`,
      '-cp',
      join(lib, '*'),
      'software.amazon.dynamodb.services.local.main.ServerRunner',
      '-inMemory',
      '-sharedDb',
      '-port',
      String(port),
    ],
    // It leaves a file in its working directory.
    { cwd: lib, stdio: ['ignore', 'ignore', 'pipe'] },
  );
  let said = '';
  java.stderr.on('data', (chunk) => {
    said += chunk;
  });
  const endpoint = `http://127.0.0.1:${port}`;
  const close = () => end(java);
  try {
    await untilItAnswers(endpoint, java, () => said);
  } catch (error) {
    await close();
    throw error;
  }
  return { endpoint, close };
}

function installed(): string {
  const home = process.env.DYNAMODB_LOCAL_HOME ?? join(homedir(), '.cache', 'aed-dynamodb-local');
  const versions = existsSync(home) ? readdirSync(home) : [];
  const version = versions.sort().findLast((name) => existsSync(join(home, name, 'installed')));
  if (version === undefined) {
    throw new Error(`DynamoDB Local is not installed in ${home}: run .ci/install-dynamodb-local`);
  }
  return join(home, version, 'lib');
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  if (address === null || typeof address === 'string') throw new Error('no free port');
  return address.port;
}

async function untilItAnswers(endpoint: string, java: ChildProcess, said: () => string): Promise<void> {
  for (const deadline = Date.now() + 1000 * startSeconds; Date.now() < deadline; await delay(pauseMs)) {
    if (java.exitCode !== null) throw new Error(`DynamoDB Local exited with ${java.exitCode}: ${said()}`);
    const answered = await fetch(endpoint).then(
      () => true,
      () => false,
    );
    if (answered) return;
  }
  throw new Error(`DynamoDB Local did not answer within ${startSeconds} s: ${said()}`);
}

async function end(java: ChildProcess): Promise<void> {
  if (java.exitCode !== null || java.signalCode !== null) return;
  java.kill();
  await once(java, 'exit');
}
