/**
 * Fills the disk of `aed local --data` with events. The service must end with a line that says so; once there is room, it must go on
 * with all that it had acknowledged, and find what `aed detect` finds. With `--early` there is room as soon as the service refuses a put, while it
 * still runs: what it takes then, it must keep as well.
 *
 * It mounts a small file system in a name space of its own, which needs Linux and `unshare` of util-linux.
 * Run: npx tsx test/campaigns/full-disk.ts [megabytes] --seed 1 [--early]
 */
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { KinesisClient } from '@aws-sdk/client-kinesis';
import { wholeNumber } from '../../cli/arguments.ts';
import { putEvents } from '../../cli/produce/put-events.ts';
import { generateTraffic } from '../../cli/produce/traffic.ts';
import { realBackoff } from '../../lambda/backoff.ts';
import { countEvents } from '../../local/stored.ts';
import { startLocal, withClients } from '../cli/local-service.ts';
import { changesOfDetect, changesOfService, csvOf } from '../cli/put/compared-changes.ts';
import { campaignCommand } from './campaign-command.ts';

const command = campaignCommand(
  'npx tsx test/campaigns/full-disk.ts',
  'Fills the disk of `aed local --data`, makes room, and compares what is stored and found with the events. Needs Linux.',
)
  .argument('[megabytes]', 'size of the disk', wholeNumber(8, 1_000), 16)
  .option('--seed <number>', 'seed of the events', wholeNumber(0), 1)
  .option('--early', 'make room as soon as a put is refused', false)
  .option('--on <folder>', 'where the disk is mounted already')
  .parse();
const [megabytes] = command.processedArgs as [number];
const { seed, early, on } = command.opts<{ seed: number; early: boolean; on?: string }>();

if (on === undefined) mountAndRun();
else await fill(on);

/** Runs this campaign again, where such a disk is mounted. */
function mountAndRun(): void {
  const folder = mkdtempSync(join(tmpdir(), 'aed-full-disk-'));
  const mount = `mkdir disk && mount -t tmpfs -o size=${megabytes}m none disk && cd "$1" && shift && exec "$@"`;
  const given = [`${megabytes}`, '--seed', `${seed}`, ...(early ? ['--early'] : [])];
  const again = [...process.execArgv, fileURLToPath(import.meta.url), ...given];
  const run = [process.cwd(), process.execPath, ...again, '--on', join(folder, 'disk')];
  try {
    const { status } = spawnSync('unshare', ['--map-root-user', '--mount', 'sh', '-c', mount, 'sh', ...run], {
      cwd: folder,
      stdio: 'inherit',
      env: { ...process.env, XDG_RUNTIME_DIR: folder },
    });
    process.exitCode = status ?? 1;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** Calls back at each attempt of a call that fails, before the next attempt. */
function atRefusal({ middlewareStack }: KinesisClient, refused: () => void): void {
  middlewareStack.add(
    (attempt) => async (input) => {
      try {
        return await attempt(input);
      } catch (error) {
        refused();
        throw error;
      }
    },
    { step: 'finalizeRequest', priority: 'low' },
  );
}

async function fill(disk: string): Promise<void> {
  const data = join(disk, 'data');
  await mkdir(data);
  const seriesIds = Array.from({ length: 20 }, (_, index) => `series-${index + 1}`);
  // More than there is room for: an event takes more than 300 bytes.
  const points = Math.ceil((megabytes * 2 ** 20) / 300 / seriesIds.length);
  const startAt = Date.UTC(2026);
  const events = [...generateTraffic({ seriesIds, points, rate: 1, startAt, seed })];
  let acknowledged = 0;
  const filler = join(disk, 'filler');
  if (early) writeFileSync(filler, Buffer.alloc((megabytes * 2 ** 20) / 4));

  const first = await startLocal('--data', data);
  await withClients(first.state, async ({ kinesis }) => {
    atRefusal(kinesis, () => rmSync(filler, { force: true }));
    await putEvents(kinesis, first.state.stream, events, {
      backoff: realBackoff,
      onPut(count) {
        acknowledged += count;
      },
    });
  }).catch(() => {});
  const code = await first.ended();
  const lastLine = first.error().trimEnd().split('\n').at(-1) ?? '';
  process.stdout.write(`after ${acknowledged} events it ended with ${code}: ${lastLine}\n`);

  execFileSync('mount', ['-o', `remount,size=${40 * megabytes}m`, disk]);
  const again = await startLocal('--data', data);
  try {
    const kept = await withClients(again.state, async ({ kinesis }) => {
      const put = await putEvents(kinesis, again.state.stream, events.slice(acknowledged), {
        backoff: realBackoff,
      });
      return acknowledged + put;
    });
    const file = join(disk, 'events.csv');
    await writeFile(file, csvOf(events));
    const expected = await changesOfDetect(file, []);
    const newest = [...new Map(events.map((event) => [event.seriesId, event])).values()];
    const found = await changesOfService(again, newest, 600);
    const stored = await withClients(again.state, countEvents);
    const isSame = JSON.stringify(found) === JSON.stringify(expected);
    process.stdout.write(
      `with room, ${stored} of ${kept} events are stored, ${found.length} change points, ` +
        `${isSame ? 'the same as' : 'others than'} those of aed detect\n`,
    );
    const isTold = code === 1 && /no space left/i.test(lastLine);
    if (!isTold || !isSame || stored !== events.length) process.exitCode = 1;
  } finally {
    await again.end('SIGKILL');
  }
}
