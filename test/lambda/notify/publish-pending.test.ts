import { DeleteItemCommand, GetItemCommand } from '@aws-sdk/client-dynamodb';
import {
  InvalidParameterException,
  type PublishCommand,
  type SNSClient,
  ThrottledException,
} from '@aws-sdk/client-sns';
import { UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { SeriesChangePoint } from '../../../lambda/change-point.ts';
import { dynamoClient } from '../../../lambda/clients.ts';
import { topicNotifier } from '../../../lambda/notify/notifier.ts';
import { type PublishParts, publishPending } from '../../../lambda/notify/publish-pending.ts';
import { processingLimits } from '../../../lambda/processing-limits.ts';
import { realSurroundings } from '../../../lambda/surroundings.ts';
import {
  type PendingChangePoints,
  pendingChangePoints,
} from '../../../lambda/tables/pending-change-points.ts';
import { changePointKey } from '../../../lambda/tables/stored-change-point.ts';
import { names } from '../../../local/resources.ts';
import { useBackend } from '../../use/backend.ts';
import { aChangePoint } from '../a-change-point.ts';
import { changePointsOf } from '../tables/change-points-of.ts';

const backend = useBackend();
let pending: PendingChangePoints;
let published: unknown[];
let setAside: string[];
let now: number;
let waits: number;
let claims: number;
let seriesId: string;
let count = 0;

beforeAll(() => {
  pending = pendingChangePoints(dynamoClient(backend.environment), names.changePointsTable);
});
beforeEach(() => {
  published = [];
  setAside = [];
  now = Date.UTC(2026, 0, 1);
  waits = 0;
  claims = 0;
  seriesId = `series ${++count}`;
});

/** Parts on a clock that stands still but for the waiting. */
function parts(replaced: Partial<PublishParts> = {}): PublishParts {
  return {
    pending,
    notifier: {
      async publish(changePoint) {
        published.push(changePoint);
      },
    },
    clock: () => new Date(now),
    deadline: realSurroundings.deadline,
    newId: () => `attempt ${++claims}`,
    backoff: {
      async wait(milliseconds) {
        waits++;
        now += milliseconds;
      },
      random: () => 1,
    },
    onSetAside: ({ eventKey }, error) => setAside.push(`${eventKey} ${(error as Error).message}`),
    ...replaced,
  };
}

const eventKeys = ['2026-01-01T00:00:00.000Z#e', '2026-01-02T00:00:00.000Z#e'] as const;
const changePoint = (eventKey: string = eventKeys[0]) =>
  aChangePoint({ id: `${seriesId} ${eventKey}`, seriesId, eventKey });

/** Stores change points as pending. @returns the first of them */
async function storePending(...keys: readonly string[]) {
  const table = changePointsOf(dynamoClient(backend.environment));
  for (const key of keys) await table.store(changePoint(key), new Date(now).toISOString());
  return changePoint(keys[0]);
}

async function storedItem(eventKey: string = eventKeys[0]) {
  const { sortKey } = changePointKey({ seriesId, eventKey });
  const Key = { seriesId: { S: seriesId }, sortKey: { S: sortKey } };
  const command = new GetItemCommand({ TableName: names.changePointsTable, Key, ConsistentRead: true });
  return (await backend.clients.dynamoDb.send(command)).Item;
}

const fail = async (): Promise<never> => {
  throw new Error('refused');
};
const refusing = { notifier: { publish: fail } };

describe('a pending change point', () => {
  test('is published as it was decided, and marked; nothing of the way is left in its item', async () => {
    const found = await storePending(eventKeys[0]);
    expect(await publishPending(found, parts())).toBe('published');
    expect(published).toEqual([found]);
    const item = await storedItem();
    expect(item?.publishedAt).toEqual({ S: '2026-01-01T00:00:00.000Z' });
    expect(Object.keys(item ?? {}).sort()).toEqual([...Object.keys(found), 'publishedAt', 'sortKey'].sort());
  });

  test('is published once, however often and by how many it is tried', async () => {
    const found = await storePending(eventKeys[0]);
    await Promise.all(Array.from({ length: 4 }, () => publishPending(found, parts())));
    expect(await publishPending(found, parts())).toBe('not pending');
    expect(published).toHaveLength(1);
  });

  test('is left to its claimant while the claim holds, and taken over when the claim of a dead one has ended', async () => {
    const found = await storePending(eventKeys[0]);
    let outcome: unknown;
    const slow = parts({
      notifier: {
        async publish() {
          now += processingLimits.claimMs - 1;
          outcome = await publishPending(found, parts());
          now += 1;
          await publishPending(found, parts());
        },
      },
    });
    await publishPending(found, slow);
    expect(outcome).toBe('waits');
    expect(published).toHaveLength(1);
  });

  test('is free at once after a failure', async () => {
    const found = await storePending(eventKeys[0]);
    await expect(publishPending(found, parts(refusing))).rejects.toThrow('refused');
    expect(await publishPending(found, parts())).toBe('published');
    expect([published.length, waits]).toEqual([1, 0]);
  });

  test('is free when its claim ends, if the failure was so bad that the claim could not be given back', async () => {
    const found = await storePending(eventKeys[0]);
    const broken = parts({ ...refusing, pending: { ...pending, release: fail } });
    await expect(publishPending(found, broken)).rejects.toThrow('refused');
    expect(await publishPending(found, parts())).toBe('waits');
    now += processingLimits.claimMs;
    expect(await publishPending(found, parts())).toBe('published');
  });

  test('is free at once if the clock of a dead claimant was two days ahead', async () => {
    const found = await storePending(eventKeys[0]);
    const dead = parts({ ...refusing, pending: { ...pending, release: fail } });
    now += 2 * 24 * 3600_000;
    await expect(publishPending(found, dead)).rejects.toThrow('refused');
    now -= 2 * 24 * 3600_000;
    expect(await publishPending(found, parts())).toBe('published');
  });

  test('keeps its claim if an earlier holder gives its own back late', async () => {
    const found = await storePending(eventKeys[0]);
    const { signal } = new AbortController();
    const claim = (claimedBy: string, claimedAt: number) =>
      pending.claim(found, { claimedBy, claimedAt, claimedUntil: claimedAt + 10 }, signal);
    await claim('early', 0);
    await claim('late', 10);
    await pending.release(found, 'early', signal);
    expect(await claim('third', 11)).toBeUndefined();
    await pending.release(found, 'late', signal);
    expect(await claim('third', 11)).toEqual(found);
  });

  test('that was deleted is not published, and not created again by a mark', async () => {
    const found = await storePending(eventKeys[0]);
    const deleting = parts({
      notifier: {
        async publish() {
          const { sortKey } = changePointKey(found);
          const Key = { seriesId: { S: seriesId }, sortKey: { S: sortKey } };
          await backend.clients.dynamoDb.send(
            new DeleteItemCommand({ TableName: names.changePointsTable, Key }),
          );
        },
      },
    });
    expect(await publishPending(found, deleting)).toBe('published');
    expect(await storedItem()).toBeUndefined();
    expect(await publishPending(found, parts())).toBe('not pending');
    expect(published).toEqual([]);
  });
});

describe('the change points of a series', () => {
  test('are published in their order: a later one waits for an earlier one', async () => {
    await storePending(...eventKeys);
    const [first, second] = eventKeys.map(changePoint);
    if (first === undefined || second === undefined) throw new Error('there are two');
    expect(await publishPending(second, parts())).toBe('waits');
    await publishPending(first, parts());
    expect(await publishPending(second, parts())).toBe('published');
    expect(published).toEqual([first, second]);
  });

  test('are told from other items of the series', async () => {
    await changePointsOf(dynamoClient(backend.environment)).head(seriesId);
    const found = await storePending(eventKeys[0]);
    expect(await publishPending(found, parts())).toBe('published');
  });
});

describe('a time limit', () => {
  test('ends the call to the topic, and the change point stays pending', async () => {
    const found = await storePending(eventKeys[0]);
    const limits: number[] = [];
    const stopping = new AbortController();
    const hanging = parts({
      deadline(milliseconds) {
        limits.push(milliseconds);
        return limits.length === 1 ? stopping.signal : new AbortController().signal;
      },
      notifier: {
        publish: (_, signal) =>
          new Promise((_resolve, reject) => {
            signal.addEventListener('abort', () => reject(signal.reason));
            stopping.abort(new Error('too late'));
          }),
      },
    });
    await expect(publishPending(found, hanging)).rejects.toThrow('too late');
    expect(limits).toEqual([processingLimits.publishMs, processingLimits.markMs]);
    expect(await publishPending(found, parts())).toBe('published');
  });

  test('keeps calls from being made after it', async () => {
    const found = await storePending(eventKeys[0]);
    const late = parts({ deadline: () => AbortSignal.abort() });
    await expect(publishPending(found, late)).rejects.toThrow(/abort/i);
    expect(published).toEqual([]);
  });
});

describe('marking', () => {
  const failing = (times: number): PendingChangePoints => {
    let calls = 0;
    return {
      ...pending,
      markPublished: async (...mark) => (++calls <= times ? fail() : pending.markPublished(...mark)),
    };
  };

  test('is tried again, so that nothing is published twice for it', async () => {
    const found = await storePending(eventKeys[0]);
    await publishPending(found, parts({ pending: failing(processingLimits.markAttempts - 1) }));
    expect([published.length, waits]).toEqual([1, processingLimits.markAttempts - 1]);
  });

  test('is given up in the end, and then what was published is published once more', async () => {
    const found = await storePending(eventKeys[0]);
    const giving = publishPending(found, parts({ pending: failing(processingLimits.markAttempts) }));
    await expect(giving).rejects.toThrow('refused');
    now += processingLimits.claimMs;
    await publishPending(found, parts());
    expect(published).toEqual([found, found]);
  });

  test('keeps the time of the first mark', async () => {
    const found = await storePending(eventKeys[0]);
    const { signal } = new AbortController();
    await pending.markPublished(found, 'first', signal);
    await pending.markPublished(found, 'second', signal);
    expect((await storedItem())?.publishedAt).toEqual({ S: 'first' });
  });
});

/** A topic that takes all but what is damaged, and perhaps refuses. */
function topic(refused: (changePoint: SeriesChangePoint) => Error | undefined = () => undefined) {
  return topicNotifier(
    {
      async send({ input }: PublishCommand) {
        const changePoint = JSON.parse(input.Message ?? '');
        const error = refused(changePoint);
        if (error !== undefined) throw error;
        published.push(changePoint);
      },
    } as unknown as SNSClient,
    'arn',
  );
}

const invalid = (message: string) => new InvalidParameterException({ message, $metadata: {} });
const tooLong = invalid('Invalid parameter: Message too long');

describe('a change point that may never be told', () => {
  const edited = (field: string, value: unknown) => {
    const { sortKey } = changePointKey({ seriesId, eventKey: eventKeys[0] });
    return dynamoClient(backend.environment).send(
      new UpdateCommand({
        TableName: names.changePointsTable,
        Key: { seriesId, sortKey },
        UpdateExpression: value === undefined ? 'REMOVE #field' : 'SET #field = :value',
        ExpressionAttributeNames: { '#field': field },
        ...(value !== undefined && { ExpressionAttributeValues: { ':value': value } }),
      }),
    );
  };

  test('since it is damaged is set aside, told of once, and holds up none after it', async () => {
    const [first, second] = await Promise.all([storePending(...eventKeys), changePoint(eventKeys[1])]);
    await edited('magnitude', '9');
    const given = parts({ notifier: topic() });
    expect(await publishPending(first, given)).toBe('set aside');
    expect(await publishPending(first, given)).toBe('not pending');
    expect(await publishPending(second, given)).toBe('published');
    expect(published).toEqual([second]);
    const reason = 'magnitude must be a number, got "9"; correct it in the item';
    expect(setAside).toEqual([`${eventKeys[0]} ${reason}`]);
    const item = await storedItem();
    expect(item).toMatchObject({ setAsideAt: { S: '2026-01-01T00:00:00.000Z' }, setAsideFor: { S: reason } });
    for (const gone of ['pendingSince', 'claimedBy', 'claimedUntil', 'publishedAt'])
      expect(item).not.toHaveProperty(gone);
  });

  test('is told after all once it is corrected and pending again, and nothing of the way is left', async () => {
    const found = await storePending(eventKeys[0]);
    await edited('direction', 'sideways');
    const given = parts({ notifier: topic() });
    expect(await publishPending(found, given)).toBe('set aside');
    // A crash before the HEAD forgot it has it stored once more.
    await storePending(eventKeys[0]);
    expect(await publishPending(found, given)).toBe('not pending');
    await edited('direction', 'up');
    await edited('pendingSince', new Date(now).toISOString());
    expect(await publishPending(found, given)).toBe('published');
    expect(published).toEqual([found]);
    expect(Object.keys((await storedItem()) ?? {}).sort()).toEqual(
      [...Object.keys(found), 'publishedAt', 'sortKey'].sort(),
    );
  });

  test('since the topic refuses it as invalid is set aside after an hour of that', async () => {
    const found = await storePending(...eventKeys);
    const second = changePoint(eventKeys[1]);
    const given = parts({ notifier: topic(({ id }) => (id === found.id ? tooLong : undefined)) });
    await expect(publishPending(found, given)).rejects.toThrow(tooLong);
    now += processingLimits.refusedMs - 1;
    await expect(publishPending(found, given)).rejects.toThrow(tooLong);
    expect(await publishPending(second, given)).toBe('waits');
    now += 1;
    expect(await publishPending(found, given)).toBe('set aside');
    expect(await publishPending(second, given)).toBe('published');
    expect([published, setAside]).toEqual([[second], [`${eventKeys[0]} ${tooLong.message}`]]);
  });

  test('is none that waits for a topic that may take it later, however long', async () => {
    const found = await storePending(eventKeys[0]);
    const throttled = new ThrottledException({ message: '', $metadata: {} });
    const refused = parts({ notifier: topic(() => throttled) });
    for (let tries = 0; tries < 3; tries++) {
      await expect(publishPending(found, refused)).rejects.toThrow(throttled);
      now += processingLimits.refusedMs;
    }
    expect(await publishPending(found, parts({ notifier: topic() }))).toBe('published');
    expect([published, setAside]).toEqual([[found], []]);
  });

  test('is set aside at the next try if the table fails meanwhile', async () => {
    const found = await storePending(eventKeys[0]);
    await edited('pValue', undefined);
    const failing = { ...pending, setAside: fail };
    const broken = parts({ notifier: topic(), pending: failing });
    await expect(publishPending(found, broken)).rejects.toThrow('pValue must be a number, got undefined');
    expect(await publishPending(found, parts({ notifier: topic() }))).toBe('set aside');
    expect(setAside).toHaveLength(1);
  });

  test.each(['magnitude', 'eventKey', 'claimedUntil', 'refusedSince', 'retractedAt'])(
    'is told or set aside whatever its %s was edited to, and the next one is told',
    async (field) => {
      for (const value of ['x', null]) {
        seriesId = `series ${++count}`;
        const [first, second] = [await storePending(...eventKeys), changePoint(eventKeys[1])];
        await edited(field, value);
        const given = parts({ notifier: topic() });
        expect(await publishPending(first, given)).toMatch(/^(published|set aside)$/);
        expect(await publishPending(first, given)).toBe('not pending');
        expect(await publishPending(second, given)).toBe('published');
      }
    },
  );
});
