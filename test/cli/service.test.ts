import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { detectChangePoints } from '@aed/core';
import { PutRecordCommand } from '@aws-sdk/client-kinesis';
import { ListQueuesCommand, ReceiveMessageCommand } from '@aws-sdk/client-sqs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { putEvents } from '../../cli/produce/put-events.ts';
import { generateTraffic } from '../../cli/produce/traffic.ts';
import { readingNumbers } from '../../cli/replay/reading-numbers.ts';
import { serviceAnswers } from '../../cli/service/answers.ts';
import { realBackoff } from '../../lambda/backoff.ts';
import { eventKey, hashEvent } from '../../lambda/event.ts';
import { subscribeQueue } from '../../local/resources.ts';
import { jsonLines } from '../json-lines.ts';
import { useRuntimeFolder } from '../use/folder.ts';
import { startAed } from './aed.ts';
import { runHere } from './in-process.ts';
import { type LocalService, startLocal, withClients } from './local-service.ts';

const folder = useRuntimeFolder();

describe('a local service and the commands around it', () => {
  let local: LocalService;
  let people: string;
  beforeAll(async () => {
    local = await startLocal('-p', '1', '--digest-seconds', '1');
    const { AED_PEOPLE_TOPIC = '' } = local.environment;
    people = await withClients(local.state, async (clients) => {
      const { queueUrl } = await subscribeQueue(clients, AED_PEOPLE_TOPIC, 'people');
      return queueUrl;
    });
  });
  afterAll(() => local.end('SIGKILL'));

  test('changes in produced readings are reported by watch, series and history', async () => {
    const watching = startAed(['watch', '--json', '--series', 'plant-2', '--count', '3']);
    expect(JSON.parse(await watching.nextLine())).toMatchObject({ type: 'watching' });
    const produced = await runHere([
      'produce',
      '--fast',
      '--seed',
      '1',
      '--points',
      '400',
      '--series',
      '2',
      '--name',
      'plant',
      '--aggregate',
      '40',
      '--json',
    ]);
    expect(produced.error).toBe('');
    const summary = jsonLines(produced.out).at(-1);
    expect(summary).toMatchObject({
      type: 'summary',
      events: 800,
      records: 20,
      target: 'aed-records',
      seed: 1,
    });
    const truths = jsonLines(produced.out).filter(
      ({ type, seriesId }) => type === 'trueChange' && seriesId === 'plant-2',
    );

    const announced = [await watching.nextLine(), await watching.nextLine(), await watching.nextLine()];
    expect(
      announced.map((line) => JSON.parse(line)).map(({ seriesId, changedAt }) => [seriesId, changedAt]),
    ).toEqual(truths.map(({ time }) => ['plant-2', time]));
    expect(await watching.ended()).toBe(0);

    const listed = await runHere(['series', '--json']);
    expect(jsonLines(listed.out).map(({ seriesId }) => seriesId)).toEqual(['plant-1', 'plant-2']);
    const cut = await runHere(['series', '--json', '--limit', '1']);
    expect(jsonLines(cut.out)).toHaveLength(1);
    expect(cut.error).toMatch(/^and \d+ more \(--limit\)$/m);
    expect((await runHere(['series'])).out).toMatch(/│ plant-2 +│ [▁▂▃▄▅▆▇█]{40} │/);

    const history = await runHere(['history', 'plant-2', '--json']);
    expect(jsonLines(history.out).map(({ changedAt }) => changedAt)).toEqual(truths.map(({ time }) => time));
    const newest = await runHere(['history', 'plant-2', '--readings', '10']);
    expect(newest.out).toMatch(
      /^plant-2: the newest 10 readings from .*; there are older ones, in which 3 change points lie \(--readings reads more\)\n/,
    );
    expect((await runHere(['history', 'plant-2'])).out).toMatch(/^plant-2: \d+ readings from [^;]*\n/);
  });

  test('people are told of them by the topic that it prints', async () => {
    const subjects = await withClients(local.state, async ({ sqs }) => {
      const told: string[] = [];
      while (!told.some((subject) => /plant-2|series/.test(subject))) {
        const { Messages = [] } = await sqs.send(
          new ReceiveMessageCommand({ QueueUrl: people, WaitTimeSeconds: 1 }),
        );
        told.push(...Messages.map(({ Body = '' }) => JSON.parse(Body).Subject));
      }
      return told;
    });
    for (const subject of subjects)
      expect(subject).toMatch(/^AED: (plant-\d (up|down|flaps|changed)\b|2 series shifted$)/);
  });

  test('an unknown series gets an error that says so', async () => {
    const { code, error } = await runHere(['history', 'nobody']);
    expect({ code, error }).toEqual({
      code: 1,
      error: "error: the service has no series 'nobody'; `aed series` lists those that it has\n",
    });
  });

  test('validation: every shift of 3 sd and more is found, nothing else, and the service agrees', async () => {
    const report = join(folder, 'validation.svg');
    const { code, out, error } = await runHere([
      'validate',
      '--fast',
      '--seed',
      '1',
      '--restart-every',
      '450',
      '--json',
      '--report',
      report,
    ]);
    const said = `putting 600 readings into aed-records: all at once\nreport written to ${report}\n`;
    expect({ code, error }).toEqual({ code: 0, error: said });
    const [result] = jsonLines(out);
    expect(result).toMatchObject({
      agrees: true,
      where: 'aed-records',
      readings: 600,
      options: { practicalThreshold: 1 },
    });
    for (const one of [result.aed, result.service]) {
      expect(one).toMatchObject({ missed: 0, spurious: [] });
      expect(one.found).toBeGreaterThanOrEqual(5);
    }
  });

  test('a watcher whose output is closed removes its queue and ends with exit code 0', async () => {
    const watching = startAed(['watch', '--json']);
    await watching.nextLine();
    await withClients(local.state, async ({ sqs }) => {
      const queues = async () =>
        (await sqs.send(new ListQueuesCommand({ QueueNamePrefix: 'aed-watch-' }))).QueueUrls ?? [];
      expect(await queues()).toHaveLength(1);
      watching.child.stdout?.destroy();
      await runHere(['produce', '--fast', '--seed', '2', '--points', '400', '--name', 'unwatched']);
      expect(await watching.ended()).toBe(0);
      expect(watching.error()).toBe('');
      expect(await queues()).toEqual([]);
    });
  });

  test('validation accepts other answers from a service with other options', async () => {
    const report = join(folder, 'other.html');
    const args = ['--fast', '--seed', '1', '--no-own-options', '-p', '100', '--report', report];
    const { code, out } = await runHere(['validate', ...args]);
    expect(out).toContain(
      'They found different change points. They may, because the service used its own options (--no-own-options).',
    );
    expect(code).toBe(0);
    expect(await readFile(report, 'utf8')).toContain('The service, with options of its own, found others');
  });

  test('a quarantined record is reported, with the command that lists it', async () => {
    await withClients(local.state, ({ kinesis }) =>
      kinesis.send(
        new PutRecordCommand({
          StreamName: local.state.stream,
          PartitionKey: 'k',
          Data: Buffer.from('{"value":1}\nno JSON'),
        }),
      ),
    );
    await expect
      .poll(local.error)
      .toBe('recorder: set aside 1 missing-field, 1 not-json; see aed quarantine list\n');
  });

  test('Ctrl-C ends the service with exit code 130, and commands find it no longer', async () => {
    expect(await local.end('SIGINT')).toBe(130);
    expect(local.error()).toMatch(/\nstopped\n$/);
    expect((await runHere(['series'])).error).toMatch(/^error: no service to talk to/);
  });
});

test('a service killed in the midst of its work goes on with the folder where it was left', async () => {
  const data = join(folder, 'data');
  const seriesIds = Array.from({ length: 10 }, (_, index) => `machine-${index}`);
  const events = [
    ...generateTraffic({ seriesIds, points: 150, rate: 10, startAt: Date.now() - 15_000, seed: 5 }),
  ];
  const first = await startLocal('--data', data);
  await withClients(first.state, (clients) =>
    putEvents(clients.kinesis, first.state.stream, events, { backoff: realBackoff }),
  );
  await first.nextLine();
  await first.end('SIGKILL');

  const second = await startLocal('--data', data);
  try {
    expect((await runHere(['local', '--data', data])).error).toMatch(
      /^error: .*data is in use by process \d+; end that one first/,
    );
    let total = 0;
    await withClients(second.state, async (clients) => {
      for (const seriesId of seriesIds) {
        const own = events.filter((event) => event.seriesId === seriesId);
        const newest = own.at(-1) ?? { seriesId, timestamp: 0, value: 0 };
        const answers = await serviceAnswers(clients.dynamoDb, second.state.changePointsTable, {
          seriesId,
          newest: eventKey({ ...newest, eventId: hashEvent(newest) }),
          longestSeconds: 60,
          signal: new AbortController().signal,
        });
        const numbersOf = readingNumbers(own);
        const expected = detectChangePoints(own.map(({ value }) => value));
        total += expected.length;
        expect(answers.map(numbersOf)).toEqual(
          expected.map(({ changedAt, interval, detectedAt }) => ({ changedAt, interval, detectedAt })),
        );
      }
    });
    expect(total).toBeGreaterThan(10);
  } finally {
    await second.end('SIGINT');
  }
  expect(await readdir(data)).toEqual(['dynamodb', 'kinesis', 'messaging', 'recorder-checkpoints.json']);
});
