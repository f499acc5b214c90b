import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { planSeries } from '../../../lambda/digest/plan-series.ts';
import { printable } from '../../../lambda/printable.ts';
import { processingLimits } from '../../../lambda/processing-limits.ts';
import type { Telling } from '../../../lambda/tables/told-series.ts';
import { runsOf } from '../../use/share-of-runs.ts';
import { aChangePoint } from '../a-change-point.ts';

const { claimMs, toldMs, rememberedTellings, tellingsAnHour } = processingLimits;
const now = Date.UTC(2026, 0, 1);
const minute = 60_000;

const delivery = (id: string, messageId = id) => ({
  messageId,
  receiptHandle: messageId,
  changePoint: aChangePoint({ id }),
});
const told = (id: string, minutesAgo: number): Telling => ({
  id,
  by: `invocation of ${minutesAgo} minutes ago`,
  at: now - minutesAgo * minute,
  isTold: true,
});
const claimed = (id: string, msAgo: number, by = 'other'): Telling => ({ id, by, at: now - msAgo });

/** The ids of each kind. */
function plan(known: readonly Telling[], ...deliveries: ReturnType<typeof delivery>[]) {
  const { tell, repeated, left, held, ...rest } = planSeries(known, deliveries, 'me', now);
  const ids = (some: typeof tell) => some.map(({ messageId }) => messageId);
  return { tell: ids(tell), repeated: ids(repeated), left: ids(left), held: ids(held), ...rest };
}

describe('of one series', () => {
  test('what is new is told, and claimed for this invocation', () => {
    expect(plan([told('old', 30)], delivery('a'), delivery('b'))).toMatchObject({
      tell: ['a', 'b'],
      count: 3,
      flaps: false,
      tellings: [told('old', 30), { id: 'a', by: 'me', at: now }, { id: 'b', by: 'me', at: now }],
    });
  });

  test('a copy is told once, in one batch and in several', () => {
    expect(plan([told('a', 30)], delivery('a'), delivery('b'), delivery('b', 'copy'))).toMatchObject({
      tell: ['b'],
      repeated: ['a', 'copy'],
    });
  });

  test('a retraction is told by itself, once', () => {
    const retraction = (messageId: string) => ({
      ...delivery('a', messageId),
      changePoint: aChangePoint({ id: 'a', retractedAt: '2026-01-01T00:00:00.000Z' }),
    });
    expect(plan([told('a', 30)], retraction('r'), retraction('copy'))).toMatchObject({
      tell: ['r'],
      repeated: ['copy'],
      tellings: [{ id: 'a' }, { id: 'a retracted' }],
    });
  });

  test.each([
    ['is another one’s for as long as that may run', claimed('a', claimMs - 1), 'left'],
    ['has ended after that: the other one has died', claimed('a', claimMs), 'tell'],
    ['of its own stands in no way: the answer to it was lost', claimed('a', 0, 'me'), 'tell'],
  ] as const)('a claim %s', (_, claim, kind) => {
    expect(plan([claim], delivery('a'))[kind]).toEqual(['a']);
  });

  test('what was told an hour ago is forgotten', () => {
    expect(plan([told('a', 60)], delivery('a'))).toMatchObject({ tell: ['a'], count: 1 });
    expect(plan([told('a', 59.9)], delivery('a'))).toMatchObject({ repeated: ['a'] });
  });

  test('it does not matter in what order an item has what was told', () => {
    const three = [told('c', 5), told('a', 50), told('b', 40)];
    expect(plan(three, delivery('d'))).toMatchObject({ held: ['d'], heldUntil: now + toldMs - 50 * minute });
    const four = [told('a', 50), told('d', 1), told('c', 5), told('b', 40)];
    expect(plan(four, delivery('e')).heldUntil).toBe(now + toldMs - 40 * minute);
  });

  test('what is said to be told in a future that is far counts for nothing', () => {
    const damaged = ['a', 'b', 'c'].map((id) => ({ ...told(id, -61), by: id }));
    expect(plan(damaged, delivery('a'), delivery('d'))).toMatchObject({ tell: ['a', 'd'], count: 2 });
    expect(plan([told('a', -1)], delivery('a'))).toMatchObject({ repeated: ['a'] });
  });

  test('after three messages in an hour the rest waits until the first of them is an hour old', () => {
    const three = [told('a', 50), told('b', 40), told('b too', 40), told('c', 5)];
    expect(plan(three.slice(0, 3), delivery('d'))).toMatchObject({ tell: ['d'], count: 4, flaps: true });
    expect(
      plan(three, delivery('d'), delivery('e'), delivery('e', 'copy'), delivery('a', 'late')),
    ).toMatchObject({
      tell: [],
      held: ['d', 'e', 'copy'],
      repeated: ['late'],
      heldUntil: now + toldMs - 50 * minute,
    });
  });

  test('what waits is remembered, told with the first that comes again, and counted', () => {
    const three = [told('a', 50), told('b', 40), told('c', 5)];
    const first = planSeries(three, [delivery('d'), delivery('e')], 'other', now - minute);
    expect(first).toMatchObject({ isNew: true, counted: [] });
    expect(first.tellings.slice(3)).toMatchObject([
      { id: 'd', isHeld: true },
      { id: 'e', isHeld: true },
    ]);
    // Nobody is at work on it.
    expect(planSeries(first.tellings, [delivery('d')], 'me', now)).toMatchObject({
      isNew: false,
      left: [],
      held: [{ messageId: 'd' }],
    });
    const anHourLater = now + 10 * minute;
    const released = planSeries(first.tellings, [delivery('d'), delivery('f')], 'me', anHourLater);
    expect(released).toMatchObject({
      isNew: true,
      tell: [{ messageId: 'd' }, { messageId: 'f' }],
      counted: ['e'],
      count: 5,
      flaps: true,
    });
    const all = ['e', 'd', 'f'].map((id) => ({ id, by: 'me', at: anHourLater }));
    expect(released.tellings.slice(2)).toEqual(all);
    const marked = released.tellings.map((telling) => ({ ...telling, isTold: true }));
    expect(planSeries(marked, [delivery('e')], 'me', anHourLater + minute)).toMatchObject({
      repeated: [{ messageId: 'e' }],
      isNew: false,
    });
  });

  test('what began to wait a moment ago waits, too, whoever has noted it down', () => {
    const three = [told('a', 50), told('b', 40), told('c', 5)];
    const first = planSeries(three, [delivery('d')], 'other', now - 1);
    expect(plan(first.tellings, delivery('d'))).toMatchObject({ held: ['d'], left: [], isNew: false });
  });

  test('three changes in one message are flapping, too', () => {
    expect(plan([], delivery('a'), delivery('b')).flaps).toBe(false);
    expect(plan([], delivery('a'), delivery('b'), delivery('c')).flaps).toBe(true);
  });

  test('a telling that failed counts for nothing when it is made again', () => {
    const known = [told('a', 50), told('b', 40), claimed('c', 5 * minute)];
    expect(plan(known, delivery('c'))).toMatchObject({ tell: ['c'], count: 3 });
  });

  test('what never became a message counts for none', () => {
    const failed = [2, 3, 4].map((minutes) => claimed(`x${minutes}`, minutes * minute, `batch ${minutes}`));
    expect(plan(failed, delivery('a'))).toMatchObject({ tell: ['a'], count: 4, flaps: false });
    // Others that may run still do count.
    const running = [1, 2, 3].map((ms) => claimed(`x${ms}`, ms, `batch ${ms}`));
    expect(plan(running, delivery('a'))).toMatchObject({ held: ['a'] });
    const ended = [1, 2, 3].map((id) => claimed(`x${id}`, claimMs, `batch ${id}`));
    expect(plan(ended, delivery('a'))).toMatchObject({ tell: ['a'], flaps: false });
    // The answer to a claim was lost: it is no message beside the one that it is for.
    expect(plan([told('b', 50), told('c', 40), claimed('d', 0, 'me')], delivery('a'))).toMatchObject({
      tell: ['a'],
    });
  });

  test('each change point is told by a text or by a count that is shown', () => {
    const ids = ['a', 'b', 'c', 'd', 'e', 'f'];
    fc.assert(
      fc.property(
        fc.array(
          fc.record({ ids: fc.subarray(ids, { minLength: 1 }), minutes: fc.integer({ min: 0, max: 70 }) }),
          {
            maxLength: 12,
          },
        ),
        (batches) => {
          let tellings: readonly Telling[] = [];
          let at = now;
          const shown = new Set<string>();
          for (const batch of batches) {
            at += batch.minutes * minute;
            const by = randomUUID();
            const planned = planSeries(
              tellings,
              batch.ids.map((id) => delivery(id)),
              by,
              at,
            );
            if (planned.isNew) ({ tellings } = planned);
            if (planned.tell.length === 0) continue;
            for (const { messageId } of planned.tell) shown.add(messageId);
            if (planned.flaps) for (const id of planned.counted) shown.add(id);
            tellings = tellings.map((one) => (one.by === by ? { ...one, isTold: true } : one));
          }
          expect(tellings.filter(({ id, isTold }) => isTold === true && !shown.has(id))).toEqual([]);
        },
      ),
    );
  });

  test('no more is remembered than an item has room for, the newest, whatever ids somebody publishes', () => {
    const many = Array.from({ length: rememberedTellings + 5 }, (_, index) => delivery(`${index}`));
    const { tellings } = plan([], ...many);
    expect([tellings.length, tellings[0]?.id]).toEqual([rememberedTellings, '5']);
    const ids = fc.string({ unit: 'binary', maxLength: 256 }).map(printable);
    fc.assert(
      fc.property(ids, (id) => {
        const some = Array.from({ length: rememberedTellings }, (_, index) => delivery(`${index}${id}`));
        const { tellings } = planSeries([], some, randomUUID(), now);
        expect(tellings).toHaveLength(rememberedTellings);
        const item = JSON.stringify(tellings.map((telling) => ({ ...telling, isTold: true, isHeld: true })));
        // DynamoDB's limit of an item. It counts fewer bytes than JSON has.
        expect(Buffer.byteLength(item)).toBeLessThan(400_000);
      }),
      { numRuns: 10 },
    );
  });

  test('however much comes within an hour, the series is in no more messages than three', () => {
    const sizes = fc.oneof(
      fc.integer({ min: 1, max: 5 }),
      fc.integer({ min: 700, max: 2 * rememberedTellings }),
    );
    const batch = fc.record({ size: sizes, minutes: fc.integer({ min: 0, max: 12 }), isCopy: fc.boolean() });
    fc.assert(
      fc.property(fc.array(batch, { minLength: 4, maxLength: 10 }), (batches) => {
        let remembered: readonly Telling[] = [];
        let [at, messages] = [now, 0];
        for (const [index, { size, minutes, isCopy }] of batches.entries()) {
          at += minutes * minute;
          if (at - now >= toldMs) break;
          const ids = Array.from({ length: size }, (_, number) => `${isCopy ? 0 : index}.${number}`);
          const by = `invocation ${index}`;
          const { tell, tellings, isNew } = planSeries(
            remembered,
            ids.map((id) => delivery(id)),
            by,
            at,
          );
          if (tell.length > 0) messages++;
          if (isNew)
            remembered = tellings.map((one) =>
              one.by === by && one.isHeld !== true ? { ...one, isTold: true } : one,
            );
          expect(remembered.length).toBeLessThanOrEqual(rememberedTellings);
        }
        expect(messages).toBeLessThanOrEqual(tellingsAnHour);
      }),
      { numRuns: runsOf(100) },
    );
  });

  test.each([1, 10, rememberedTellings - 3, rememberedTellings, 2 * rememberedTellings])(
    'nothing that was told is told again because %d wait',
    (waiting) => {
      const three = [told('a', 50), told('b', 40), told('c', 5)];
      const some = Array.from({ length: waiting }, (_, index) => delivery(`${index}`));
      const { tellings } = plan(three, ...some);
      expect(tellings.slice(0, 3)).toEqual(three);
      expect(tellings.at(-1)).toMatchObject({ id: `${waiting - 1}`, isHeld: true });
      const copies = ['a', 'b', 'c'].map((id) => delivery(id, `copy of ${id}`));
      expect(plan(tellings, ...copies).repeated).toEqual(copies.map(({ messageId }) => messageId));
    },
  );

  test('a copy of what has a long id is told once; its retraction, by itself', () => {
    const id = 'é'.repeat(200);
    const { tellings } = planSeries([], [delivery(id)], 'other', now - claimMs);
    const marked = tellings.map((telling) => ({ ...telling, isTold: true }));
    const retraction = { ...delivery('r'), changePoint: aChangePoint({ id, retractedAt: 'now' }) };
    expect(plan(marked, delivery(id, 'copy'), delivery(`${id}e`, 'another'), retraction)).toMatchObject({
      repeated: ['copy'],
      tell: ['another', 'r'],
    });
  });
});
