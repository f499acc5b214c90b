import { expect, test } from 'vitest';
import { processingLimits } from '../../../lambda/processing-limits.ts';
import { ruleKey } from '../../../lambda/rules/rule-keys.ts';
import { ruleTarget } from '../../../lambda/rules/rule-target.ts';
import { rulesCache } from '../../../lambda/rules/rules-cache.ts';
import { setOptions } from '../../../lambda/rules/set-options.ts';
import { detectorOptionsFromText } from '../../../lambda/settings.ts';
import { memoryRules } from './memory-rules.ts';

const defaults = detectorOptionsFromText({});
const { rulesCacheMs } = processingLimits;

/** A cache over a table, with a clock, whose reads are counted and may be held up or fail. */
function counted() {
  const state = { now: 1_000_000, reads: 0, before: async () => {} };
  const clock = () => new Date(state.now);
  const table = memoryRules();
  const read: typeof table.read = async function* (scope) {
    state.reads++;
    const pages = table.read(scope);
    await state.before();
    // DynamoDB answers in pages.
    for await (const page of pages) for (const item of page) yield [item];
  };
  const set = (practicalThreshold: number) =>
    setOptions(
      ruleTarget('*'),
      { practicalThreshold },
      { table, by: 'x', clock, backoff: { wait: async () => {}, random: () => 0 } },
    );
  return { state, set, table, cache: rulesCache({ ...table, read }, defaults, clock) };
}

const threshold = async ({ cache }: Pick<ReturnType<typeof counted>, 'cache'>) =>
  (await cache.current()).of('s').optionsWith(undefined).options.practicalThreshold;

test('many looks share one read, for as long as the rules may be old', async () => {
  const { state, set, cache } = counted();
  await Promise.all(Array.from({ length: 100 }, () => cache.current()));
  await set(2);
  state.now += rulesCacheMs - 1;
  await Promise.all(Array.from({ length: 100 }, () => cache.current()));
  expect(state.reads).toBe(1);
  expect(await threshold({ cache })).toBe(0);
  state.now += 1;
  expect(await threshold({ cache })).toBe(2);
  expect(state.reads).toBe(2);
});

test('the rules are as old as the beginning of their read', async () => {
  const { state, set, cache } = counted();
  let go = () => {};
  state.before = () =>
    new Promise((resolve) => {
      go = resolve;
    });
  const slow = cache.current();
  state.now += rulesCacheMs;
  state.before = async () => {};
  await set(3);
  // A look that begins now does not wait for a read that began too long ago.
  expect(await threshold({ cache })).toBe(3);
  go();
  await slow;
  expect(await threshold({ cache })).toBe(3);
});

test('a read that failed is made again by the next look', async () => {
  const { state, cache } = counted();
  state.before = () => Promise.reject(new Error('down'));
  const looks = await Promise.allSettled([cache.current(), cache.current()]);
  expect(looks.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
  state.before = async () => {};
  expect(await threshold({ cache })).toBe(0);
  expect(state.reads).toBe(2);
});

test('rules that expired, and that the table has not deleted yet, leave no other one out', async () => {
  const { state, set, cache, table } = counted();
  await set(5);
  const expiresAt = state.now / 1000 - 1;
  for (let count = 0; count <= processingLimits.rules; count++)
    await table.put({ ...ruleKey('mute', ruleTarget(`${count}`)), ...{ expiresAt } });
  expect(await threshold({ cache })).toBe(5);
  expect(cache.problems()).toEqual([]);
});

test('a clock that runs backwards makes no rule last longer', async () => {
  const { state, set, cache } = counted();
  await cache.current();
  await set(4);
  state.now -= 1;
  expect(await threshold({ cache })).toBe(4);
});
