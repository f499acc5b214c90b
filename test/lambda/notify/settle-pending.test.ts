import { beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { dynamoClient } from '../../../lambda/clients.ts';
import type { SettleParts } from '../../../lambda/notify/settle.ts';
import { ClaimedError, pendingIn, settlePending } from '../../../lambda/notify/settle-pending.ts';
import { processingLimits } from '../../../lambda/processing-limits.ts';
import { realSurroundings } from '../../../lambda/surroundings.ts';
import type { ChangePointsTable } from '../../../lambda/tables/change-points-table.ts';
import type { Head } from '../../../lambda/tables/head.ts';
import { useBackend } from '../../use/backend.ts';
import { aChangePoint } from '../a-change-point.ts';
import { changePointsOf } from '../tables/change-points-of.ts';

const backend = useBackend();
let table: ChangePointsTable;
let published: string[];
let now: number;
let waits: number;
let seriesId: string;
let count = 0;

beforeAll(() => {
  table = changePointsOf(dynamoClient(backend.environment));
});
beforeEach(() => {
  published = [];
  now = Date.UTC(2026, 0, 1);
  waits = 0;
  seriesId = `series ${++count}`;
});

/** Parts on a clock that stands still but for the waiting. */
function parts(replaced: Partial<SettleParts> = {}): SettleParts {
  return {
    changePoints: table,
    notifier: {
      async publish({ id }) {
        published.push(id);
      },
    },
    clock: () => new Date(now),
    deadline: realSurroundings.deadline,
    backoff: {
      async wait(milliseconds) {
        waits++;
        now += milliseconds;
      },
      random: () => 1,
    },
    ...replaced,
  };
}

const changePoint = () => aChangePoint({ id: `rise of ${seriesId}`, seriesId });

/** A HEAD in which a change point is pending, claimed by the one who decided it. */
async function decidedBy(claimant: string): Promise<Head> {
  const head = await table.head(seriesId);
  return table.moveHead(head, { ...head, ...pendingIn(changePoint(), claimant, new Date(now)) });
}

const fail = async (): Promise<never> => {
  throw new Error('refused');
};

describe('what is pending', () => {
  test('is settled at once by the one who decided it, and leaves no trace in the HEAD', async () => {
    const settled = await settlePending(await decidedBy('a'), 'a', parts());
    expect(await table.head(seriesId)).toEqual(settled);
    expect(Object.keys(settled).sort()).toEqual(['seriesId', 'sortKey', 'version', 'writeId']);
    expect([published.length, waits]).toEqual([1, 0]);
  });

  test('is not published again if the table says it was, and only the HEAD lags', async () => {
    const dying = { ...table, moveHead: fail };
    await expect(settlePending(await decidedBy('a'), 'a', parts({ changePoints: dying }))).rejects.toThrow(
      'refused',
    );
    now += processingLimits.claimMs;
    await settlePending(await table.head(seriesId), 'b', parts());
    expect(published).toHaveLength(1);
    expect((await table.head(seriesId)).pending).toBeUndefined();
  });

  test('is left to its claimant while the claim holds', async () => {
    const head = await decidedBy('a');
    let release = () => {};
    const mayPublish = new Promise<void>((resolve) => {
      release = resolve;
    });
    const slow = parts({
      notifier: {
        async publish({ id }) {
          await mayPublish;
          published.push(id);
        },
      },
    });
    const patient = parts({
      backoff: {
        async wait() {
          if (++waits === 3) release();
        },
        random: () => 1,
      },
    });
    await Promise.all([settlePending(head, 'a', slow), settlePending(head, 'b', patient)]);
    expect(published).toHaveLength(1);
    expect(waits).toBeGreaterThanOrEqual(3);
  });

  test('is taken over by one of those who wait when the claim of a dead claimant has expired', async () => {
    const head = await decidedBy('dead');
    const ends = now + processingLimits.claimMs;
    const both = await Promise.allSettled([
      settlePending(head, 'b', parts()),
      settlePending(head, 'c', parts()),
    ]);
    expect(both.map(({ status }) => status)).toContain('fulfilled');
    expect(published).toHaveLength(1);
    expect(now).toBeGreaterThanOrEqual(ends);
    expect((await table.head(seriesId)).pending).toBeUndefined();
  });

  test('is free at once after a failure', async () => {
    const head = await decidedBy('a');
    await expect(settlePending(head, 'a', parts({ notifier: { publish: fail } }))).rejects.toThrow('refused');
    const freed = await table.head(seriesId);
    expect(freed).toMatchObject({ pending: { seriesId }, pendingSince: '2026-01-01T00:00:00.000Z' });
    await settlePending(freed, 'b', parts());
    expect([published.length, waits]).toEqual([1, 0]);
  });

  test('is no longer waited for when others take it over again and again', async () => {
    const endless = {
      ...table,
      head: async () => ({ ...(await table.head(seriesId)), claimedUntil: now + processingLimits.claimMs }),
    };
    const waiting = settlePending(await decidedBy('a'), 'b', parts({ changePoints: endless }));
    await expect(waiting).rejects.toThrow(ClaimedError);
    expect(published).toEqual([]);
  });
});

describe('a claim', () => {
  test('is renewed before settling if too little is left of it', async () => {
    const head = await decidedBy('a');
    now += processingLimits.claimMs - processingLimits.settleMs - processingLimits.claimMarginMs + 1;
    const held: (number | undefined)[] = [];
    const looking = parts({
      notifier: {
        async publish() {
          held.push((await table.head(seriesId)).claimedUntil);
        },
      },
    });
    await settlePending(head, 'a', looking);
    expect(held).toEqual([now + processingLimits.claimMs]);
  });

  test('outlives every call that its holder may still make', async () => {
    const stopping = new AbortController();
    const hanging = parts({
      deadline(milliseconds) {
        expect(milliseconds).toBe(processingLimits.settleMs);
        return stopping.signal;
      },
      notifier: {
        publish: (_, signal) =>
          new Promise((_resolve, reject) => {
            signal.addEventListener('abort', () => reject(signal.reason));
            stopping.abort(new Error('too late'));
          }),
      },
    });
    await expect(settlePending(await decidedBy('a'), 'a', hanging)).rejects.toThrow('too late');
    expect(processingLimits.claimMs).toBeGreaterThan(
      processingLimits.settleMs + processingLimits.claimMarginMs,
    );
  });

  test('keeps a call under its deadline from being made after it', async () => {
    const late = parts({ deadline: () => AbortSignal.abort() });
    await expect(settlePending(await decidedBy('a'), 'a', late)).rejects.toThrow(/abort/i);
    expect(published).toEqual([]);
  });
});

describe('marking', () => {
  const failing = (times: number) => {
    let calls = 0;
    return {
      ...table,
      markPublished: async (...mark: Parameters<ChangePointsTable['markPublished']>) =>
        ++calls <= times ? fail() : table.markPublished(...mark),
    };
  };

  test('is tried again, so that nothing is published twice for it', async () => {
    const changePoints = failing(processingLimits.markAttempts - 1);
    await settlePending(await decidedBy('a'), 'a', parts({ changePoints }));
    expect([published.length, waits]).toEqual([1, processingLimits.markAttempts - 1]);
  });

  test('is given up in the end, and then what was published is published once more', async () => {
    const changePoints = failing(processingLimits.markAttempts);
    await expect(settlePending(await decidedBy('a'), 'a', parts({ changePoints }))).rejects.toThrow(
      'refused',
    );
    await settlePending(await table.head(seriesId), 'b', parts());
    expect(published).toEqual([changePoint().id, changePoint().id]);
  });
});
