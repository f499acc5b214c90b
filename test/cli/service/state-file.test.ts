import { execFileSync, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { chmod, chown, mkdir, readdir, readFile, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { hostname } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { notRegistered } from '../../../cli/service/own-folder.ts';
import { announceService, type LocalState, readLocalState } from '../../../cli/service/state-file.ts';
import type { Emulator } from '../../../local/emulators/emulator.ts';
import { startLambdaEndpoint } from '../../../local/lambda-endpoint.ts';
import { newSecret } from '../../../local/proof.ts';
import { useFolder } from '../../use/folder.ts';

const runtime = useFolder('for each test');
const home = useFolder('for each test');
const own = join(runtime, 'aed-local');
const secret = newSecret();
let running: Emulator;

beforeAll(async () => {
  running = await startLambdaEndpoint({}, secret);
});
afterAll(() => running.close());
beforeEach(() => {
  vi.stubEnv('XDG_RUNTIME_DIR', runtime);
  vi.stubEnv('HOME', home);
  // Two services of one millisecond are in no order.
  let now = 1.8e12;
  vi.spyOn(Date, 'now').mockImplementation(() => now++);
});
afterEach(() => {
  vi.restoreAllMocks();
  vi.unstubAllEnvs();
});

const isWindows = process.platform === 'win32';
const isRoot = process.getuid?.() === 0;
/** A process that has ended. */
const deadPid = spawnSync(process.execPath, ['-e', '']).pid;

function state(stream: string, pid = process.pid, lambdaEndpoint = running.endpoint): LocalState {
  const endpoints = {
    kinesis: 'http://127.0.0.1:1',
    dynamoDb: 'http://127.0.0.1:2',
    messaging: 'http://127.0.0.1:3',
  };
  return {
    pid,
    endpoints,
    lambdaEndpoint,
    stream,
    eventsTable: 'e',
    changePointsTable: 'c',
    rulesTable: 'r',
    topicArn: 't',
    peopleTopicArn: 'p',
  };
}

describe('several services', () => {
  test('the one that started last is found; when it stops, the one before it', async () => {
    const first = await announceService(state('first'), secret);
    const second = await announceService(state('second'), secret);
    expect(await readLocalState()).toEqual(state('second'));
    await second();
    expect(await readLocalState()).toEqual(state('first'));
    await first();
    expect(await readLocalState()).toBeUndefined();
  });

  test('one that stops removes its own word, not that of a later one', async () => {
    const first = await announceService(state('first'), secret);
    await announceService(state('second'), secret);
    await first();
    expect(await readLocalState()).toEqual(state('second'));
  });

  test('in any order of starts, stops and deaths, the newest that runs is found', async () => {
    const events = fc.array(
      fc.record({ what: fc.constantFrom('start', 'start and die', 'stop'), which: fc.nat() }),
      { maxLength: 12 },
    );
    await fc.assert(
      fc.asyncProperty(events, async (all) => {
        await rm(own, { recursive: true, force: true });
        const alive: { readonly name: string; readonly withdraw: () => Promise<void> }[] = [];
        for (const [index, event] of all.entries()) {
          if (event.what === 'start') {
            alive.push({ name: `${index}`, withdraw: await announceService(state(`${index}`), secret) });
          } else if (event.what === 'start and die') {
            await announceService(state('dead', deadPid), secret);
          } else if (alive.length > 0) {
            const [stopped] = alive.splice(event.which % alive.length, 1);
            await stopped?.withdraw();
          }
          expect((await readLocalState())?.stream).toBe(alive.at(-1)?.name);
        }
      }),
      { numRuns: 50 },
    );
  });

  test('word of services that died is removed by the next one', async () => {
    for (let count = 0; count < 3; count++) await announceService(state('dead', deadPid), secret);
    await announceService(state('alive'), secret);
    expect(await readdir(own)).toHaveLength(1);
  });
});

describe('a service that does not answer in time', () => {
  let port: number;
  const mute = createServer(() => {});
  beforeAll(async () => {
    mute.listen(0, '127.0.0.1');
    await once(mute, 'listening');
    ({ port } = mute.address() as AddressInfo);
  });
  afterAll(() => {
    mute.closeAllConnections();
    mute.close();
  });

  test('is an error that names it, and no older one takes its place', async () => {
    await announceService(state('older'), secret);
    await announceService(state('busy', process.pid, `http://127.0.0.1:${port}`), secret);
    await expect(readLocalState(20)).rejects.toThrow(
      `the local service of process ${process.pid} does not answer; if it is busy, try again`,
    );
  });

  test('is passed over if it is of another machine', async () => {
    await mkdir(own, { mode: 0o700 });
    await writeEntry(join(own, '9999999999999-planted.json'), {
      host: 'elsewhere',
      state: state('forged', 1, `http://127.0.0.1:${port}`),
    });
    expect(await readLocalState(20)).toBeUndefined();
  });
});

test('why no word can be left is said with the folder and what to do', () => {
  const full = Object.assign(new Error('ENOSPC: no space left on device, write'), { code: 'ENOSPC' });
  expect(notRegistered(own, full).message).toBe(
    `cannot register the service in ${own}: the disk is full; make that possible, or set XDG_RUNTIME_DIR to another folder of your own`,
  );
});

test('the folder and its files are for this user alone, and the secret is in nothing that is printed', async () => {
  await announceService(state('mine'), secret);
  const [name = ''] = await readdir(own);
  if (!isWindows) {
    expect((await stat(own)).mode & 0o777).toBe(0o700);
    expect((await stat(join(own, name))).mode & 0o777).toBe(0o600);
  }
  expect(await readFile(join(own, name), 'utf8')).toContain(secret);
  expect(JSON.stringify(await readLocalState())).not.toContain(secret);
});

describe('an entry that is not of a service that runs is passed over', () => {
  test.each<[string, (path: string) => Promise<void>]>([
    ['no JSON', (path) => writeOwn(path, '{')],
    ['null', (path) => writeOwn(path, 'null')],
    ['a list', (path) => writeOwn(path, '[]')],
    ['no state', (path) => writeOwn(path, JSON.stringify({ secret, host: hostname() }))],
    ['no secret', (path) => writeOwn(path, JSON.stringify({ state: state('forged'), host: hostname() }))],
    ['no address', (path) => writeEntry(path, { state: { ...state('forged'), lambdaEndpoint: 'x' } })],
    ['a service that has gone', (path) => writeEntry(path, { state: state('forged', deadPid) })],
    [
      'another machine',
      (path) => writeEntry(path, { host: 'elsewhere', state: state('forged', 1, 'http://127.0.0.1:9') }),
    ],
    [
      'a process id that another program has now',
      (path) => writeEntry(path, { state: state('forged', process.pid, 'http://127.0.0.1:9') }),
    ],
    ['a port that another service has now', (path) => writeEntry(path, { secret: newSecret() })],
    [
      'a link',
      async (path) => {
        await writeEntry(join(runtime, 'elsewhere'), {});
        await symlink(join(runtime, 'elsewhere'), path);
      },
    ],
    ['a folder', (path) => mkdir(path, { mode: 0o700 }).then(() => {})],
    ['a file larger than any entry', (path) => writeEntry(path, { more: 'x'.repeat(100_000) })],
    ...(isWindows
      ? []
      : [
          [
            'a named pipe, into which nobody writes',
            async (path: string) => {
              execFileSync('mkfifo', ['-m', '600', path]);
            },
          ] as [string, (path: string) => Promise<void>],
          [
            'a file that others may read',
            async (path: string) => {
              await writeEntry(path, {});
              await chmod(path, 0o644);
            },
          ] as [string, (path: string) => Promise<void>],
        ]),
    ...(isRoot
      ? [
          [
            'a file of another user',
            async (path: string) => {
              await writeEntry(path, {});
              await chown(path, 12345, 12345);
            },
          ] as [string, (path: string) => Promise<void>],
        ]
      : []),
  ])('%s', async (_, plant) => {
    await announceService(state('older'), secret);
    await plant(join(own, '9999999999999-planted.json'));
    expect(await readLocalState()).toEqual(state('older'));
  });
});

const writeOwn = (path: string, text: string) => writeFile(path, text, { mode: 0o600 });

const writeEntry = (path: string, changed: object) =>
  writeOwn(path, JSON.stringify({ state: state('forged'), secret, host: hostname(), ...changed }));

describe.skipIf(isWindows)(
  'a folder that others planted is not used, and nothing is written through it',
  () => {
    test.each<[string, () => Promise<void>, RegExp]>([
      [
        'a link to a folder',
        async () => {
          await mkdir(join(runtime, 'target'), { mode: 0o700 });
          await symlink(join(runtime, 'target'), own);
        },
        /is a link or a file/,
      ],
      ['a link to nowhere', () => symlink(join(runtime, 'target'), own), /is a link or a file/],
      ['a file', () => writeFile(own, ''), /is a link or a file/],
      ...[0o777, 0o770, 0o755, 0o711, 0o701].map((mode): [string, () => Promise<void>, RegExp] => [
        `mode ${mode.toString(8)}`,
        async () => {
          await mkdir(own);
          await chmod(own, mode);
        },
        /is open to other users/,
      ]),
      ...(isRoot
        ? [
            [
              'that of another user',
              async () => {
                await mkdir(own, { mode: 0o700 });
                await chown(own, 12345, 12345);
              },
              /belongs to another user/,
            ] as [string, () => Promise<void>, RegExp],
          ]
        : []),
    ])('%s', async (_, plant, why) => {
      await plant();
      await expect(announceService(state('mine'), secret)).rejects.toThrow(why);
      await expect(readLocalState()).rejects.toThrow(why);
      expect(await readdir(join(runtime, 'target')).catch(() => [])).toEqual([]);
    });

    test('where others may write to XDG_RUNTIME_DIR, the home folder serves; where to both, it is an error', async () => {
      await chmod(runtime, 0o777);
      const withdraw = await announceService(state('mine'), secret);
      expect(await readdir(join(home, '.aed-local'))).toHaveLength(1);
      expect(await readdir(runtime)).toEqual([]);
      expect(await readLocalState()).toEqual(state('mine'));
      await withdraw();

      await chmod(home, 0o777);
      expect(await readLocalState()).toBeUndefined();
      await expect(announceService(state('mine'), secret)).rejects.toThrow(
        `other users may write to the home folder ${home}, so a local service cannot safely be registered there; set XDG_RUNTIME_DIR to a folder of your own`,
      );
    });

    test.runIf(isRoot)('XDG_RUNTIME_DIR of another user, as after sudo -E, is not used', async () => {
      await chown(runtime, 12345, 12345);
      await announceService(state('mine'), secret);
      expect(await readdir(runtime)).toEqual([]);
      expect(await readdir(join(home, '.aed-local'))).toHaveLength(1);
    });

    test('a folder that is sound, in one that others may write to, is not used', async () => {
      const open = join(home, 'open');
      const inside = join(open, 'inside');
      await mkdir(inside, { recursive: true, mode: 0o700 });
      await chmod(open, 0o777);
      vi.stubEnv('XDG_RUNTIME_DIR', inside);
      await announceService(state('mine'), secret);
      expect(await readdir(inside)).toEqual([]);
    });
  },
);
