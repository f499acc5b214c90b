import { describe, expect, test } from 'vitest';
import type { SeriesChangePoint } from '../../../lambda/change-point.ts';
import type { SeriesNews } from '../../../lambda/digest/people-message.ts';
import { type TellingParts, tellPeople } from '../../../lambda/digest/tell-people.ts';
import type { ReportEntry } from '../../../lambda/function-report.ts';
import { processingLimits } from '../../../lambda/processing-limits.ts';
import { aChangePoint } from '../a-change-point.ts';
import { memoryToldSeries } from './memory-told-series.ts';

const { toldConflicts, tellingsAnHour, toldMs } = processingLimits;
const start = Date.parse('2026-01-01T00:00:00Z');

/** A digest, and what it did. */
function newDigest(replaced: Partial<TellingParts> = {}) {
  const published: (readonly SeriesNews[])[] = [];
  const reported: ReportEntry[] = [];
  const held: [readonly string[], number][] = [];
  let ids = 0;
  const parts: TellingParts = {
    told: memoryToldSeries(),
    clock: () => new Date(start),
    newId: () => `digest ${ids++}`,
    publish: async (news) => void published.push(news),
    hold: async (deliveries, until) =>
      void held.push([deliveries.map(({ receiptHandle }) => receiptHandle), until]),
    report: (entry) => reported.push(entry),
    ...replaced,
  };
  return {
    published,
    reported,
    held,
    /** @returns the ids of the messages that are to come again */
    async tell(...changes: readonly Partial<SeriesChangePoint>[]) {
      reported.length = 0;
      const records = changes.map((change, index) => {
        const body = JSON.stringify(aChangePoint(change));
        return { messageId: `m${index}`, receiptHandle: `r${index}`, body };
      });
      const { batchItemFailures } = await tellPeople(records, parts);
      return batchItemFailures.map(({ itemIdentifier }) => itemIdentifier);
    },
  };
}

/** A memory that another digest has always replaced, from one call on and so often. */
function contested(from: number, times: number) {
  const told = memoryToldSeries();
  let calls = 0;
  let reads = 0;
  return {
    reads: () => reads,
    told: {
      read(seriesId: string) {
        reads++;
        return told.read(seriesId);
      },
      replace: async (...given: Parameters<typeof told.replace>) => {
        const call = calls++;
        return call >= from && call < from + times ? undefined : told.replace(...given);
      },
    },
  };
}

const none = { repeated: 0, muted: 0, held: 0, left: 0, foreign: 0 };
const meanwhile = new Error(`${toldConflicts} other digests told of the series meanwhile`);

describe('while others tell of the series, too', () => {
  test('a claim is made again on what is known by then', async () => {
    const { told, reads } = contested(0, toldConflicts - 1);
    const digest = newDigest({ told });
    expect(await digest.tell({ id: 'a' })).toEqual([]);
    expect(reads()).toBe(toldConflicts);
    expect(digest.published).toHaveLength(1);
    expect(digest.reported).toEqual([{ step: 'digest', digests: 1, toldSeries: 1, told: 1, ...none }]);
  });

  test('a claim is given up after some times, and the others are told', async () => {
    const { told } = contested(0, toldConflicts);
    const digest = newDigest({ told });
    const again = await digest.tell({ id: 'a', seriesId: 'a' });
    expect(again).toEqual(['m0']);
    expect(digest.published).toEqual([]);
    expect(digest.reported).toEqual([
      { step: 'digest', seriesFailed: 1, error: meanwhile },
      { step: 'digest', digests: 0, toldSeries: 0, told: 0, ...none, left: 1 },
    ]);
  });

  test('what was told is marked on what is known by then', async () => {
    const { told, reads } = contested(1, toldConflicts - 1);
    const digest = newDigest({ told });
    expect(await digest.tell({ id: 'a' })).toEqual([]);
    // The first mark is made on what the claim has left.
    expect(reads()).toBe(toldConflicts);
    expect((await told.read('boiler-7')).tellings).toMatchObject([{ id: 'a', isTold: true }]);
    expect(await digest.tell({ id: 'a' })).toEqual([]);
    expect(digest.published).toHaveLength(1);
  });

  test('what could not be marked is told all the same, and that is reported', async () => {
    const { told } = contested(1, toldConflicts);
    const digest = newDigest({ told });
    expect(await digest.tell({ id: 'a' })).toEqual([]);
    expect(digest.published).toHaveLength(1);
    expect(digest.reported).toEqual([
      { step: 'digest', unmarked: 1, error: meanwhile },
      { step: 'digest', digests: 1, toldSeries: 1, told: 1, ...none },
    ]);
  });
});

test('a series that cannot be claimed is in one line with all others, and comes again', async () => {
  const memory = memoryToldSeries();
  const down = async (): Promise<never> => {
    throw new Error('no such table');
  };
  const told = {
    ...memory,
    read: (seriesId: string) => (seriesId === 'well' ? memory.read(seriesId) : down()),
  };
  const digest = newDigest({ told });
  const again = await digest.tell(
    { id: 'a', seriesId: 'ill' },
    { id: 'b', seriesId: 'well' },
    { id: 'c', seriesId: 'ill' },
    { id: 'd', seriesId: 'ill, too' },
  );
  expect(again.toSorted()).toEqual(['m0', 'm2', 'm3']);
  expect(digest.reported).toEqual([
    { step: 'digest', seriesFailed: 2, error: new Error('no such table') },
    { step: 'digest', digests: 1, toldSeries: 1, told: 1, ...none, left: 3 },
  ]);
});

test('changes are told in their order, and a retraction after what it retracts', async () => {
  const digest = newDigest();
  const keys = ['2025-01-01T00:10:00.000Z#e', '2025-01-01T00:20:00.000Z#e'];
  const retracted = { retractedAt: '2025-01-02T00:00:00.000Z' };
  await digest.tell(
    { id: 'b', eventKey: keys[1] ?? '' },
    { id: 'a', eventKey: keys[0] ?? '', ...retracted },
    { id: 'a', eventKey: keys[0] ?? '' },
  );
  const [[news] = []] = digest.published;
  expect(news?.changes.map(({ id, retractedAt }) => [id, retractedAt !== undefined])).toEqual([
    ['a', false],
    ['a', true],
    ['b', false],
  ]);
  expect(news).toMatchObject({ seriesId: 'boiler-7', count: 3, counted: [], flaps: true });
});

test('what is muted is not told, and nothing is published where there is nothing else', async () => {
  const digest = newDigest();
  expect(await digest.tell({ id: 'a', muted: true })).toEqual([]);
  expect(digest.published).toEqual([]);
  expect(digest.reported).toEqual([
    { step: 'digest', digests: 0, toldSeries: 0, told: 0, ...none, muted: 1 },
  ]);
});

describe('a series that was told of as often as an hour allows', () => {
  async function flapping(replaced: Partial<TellingParts> = {}) {
    const digest = newDigest(replaced);
    for (let index = 0; index < tellingsAnHour; index++) await digest.tell({ id: `${index}` });
    return digest;
  }

  test('is held until the first of these is an hour ago', async () => {
    const digest = await flapping();
    expect(await digest.tell({ id: 'x' }, { id: 'y' })).toEqual(['m0', 'm1']);
    expect(digest.held).toEqual([[['r0', 'r1'], start + toldMs]]);
    expect(digest.published).toHaveLength(tellingsAnHour);
    expect(digest.reported).toEqual([
      { step: 'digest', digests: 0, toldSeries: 0, told: 0, ...none, held: 2 },
    ]);
  });

  test('comes again sooner if it cannot be held, which is reported', async () => {
    const hold = async () => {
      throw new Error('no such queue');
    };
    const digest = await flapping({ hold });
    expect(await digest.tell({ id: 'x' })).toEqual(['m0']);
    expect(digest.reported).toEqual([
      { step: 'digest', seriesId: 'boiler-7', error: new Error('no such queue') },
      { step: 'digest', digests: 0, toldSeries: 0, told: 0, ...none, held: 1 },
    ]);
  });

  test('holds up no other one', async () => {
    const digest = await flapping();
    expect(await digest.tell({ id: 'x' }, { id: 'y', seriesId: 'other' })).toEqual(['m0']);
    expect(digest.published.at(-1)).toMatchObject([{ seriesId: 'other' }]);
  });
});
