import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { processingLimits } from '../../../lambda/processing-limits.ts';
import { mute, unmute } from '../../../lambda/rules/mute.ts';
import { ruleKey, versionsScope } from '../../../lambda/rules/rule-keys.ts';
import { ruleTarget } from '../../../lambda/rules/rule-target.ts';
import { versionsBefore } from '../../../lambda/rules/rule-versions.ts';
import type { RulesTable } from '../../../lambda/rules/rules-table.ts';
import { setOptions, unsetOptions } from '../../../lambda/rules/set-options.ts';
import { memoryRules } from './memory-rules.ts';

const target = ruleTarget('boiler-*');
const key = ruleKey('options', target);
const now = new Date('2026-01-31T12:00:00Z');
const backoff = { wait: async () => {}, random: () => 0 };
const partsOf = (table: RulesTable, by = 'ann') => ({ table, by, clock: () => now, backoff });

test('a version says who set it and when', async () => {
  const { before, after } = await setOptions(target, { alpha: 0.001 }, partsOf(memoryRules()));
  expect(before).toBeUndefined();
  expect(after).toEqual({
    scope: 'RULES',
    sortKey: 'OPTIONS#PATTERN#boiler-*',
    version: 1,
    options: { alpha: 0.001 },
    setBy: 'ann',
    setAt: '2026-01-31T12:00:00.000Z',
  });
});

test('writers who come in any order lose nothing of one another', async () => {
  const writers = fc.scheduler();
  await fc.assert(
    fc.asyncProperty(writers, async (scheduler) => {
      const table = memoryRules(scheduler.scheduleFunction(async () => {}));
      const sets = [{ alpha: 0.001 }, { practicalThreshold: 2 }, { window: 3 }];
      // One name, as of a server: what tells the writes apart is what they write.
      const writing = Promise.all(sets.map((options) => setOptions(target, options, partsOf(table))));
      await scheduler.waitFor(writing);
      const reading = table.get(key);
      await scheduler.waitFor(reading);
      expect(await reading).toMatchObject({
        version: 3,
        options: { alpha: 0.001, practicalThreshold: 2, window: 3 },
      });
    }),
    { numRuns: 100 },
  );
});

test('a change is made at once, and again after longer and longer waits where others come before it', async () => {
  for (const conflicts of [0, 1, 4]) {
    const table = memoryRules();
    const waits: number[] = [];
    const waiting = { wait: async (ms: number) => void waits.push(ms), random: () => 1 };
    let calls = 0;
    const contested = {
      ...table,
      replace: async (...given: Parameters<RulesTable['replace']>) =>
        calls++ >= conflicts && table.replace(...given),
    };
    const parts = { ...partsOf(contested), backoff: waiting };
    expect((await setOptions(target, { alpha: 0.1 }, parts)).after.version).toBe(1);
    const { firstRetryDelayMs } = processingLimits;
    expect(waits).toEqual(Array.from({ length: conflicts }, (_, retry) => firstRetryDelayMs * 2 ** retry));
  }
});

test('a writer who is overtaken again and again gives up and says so', async () => {
  const table = memoryRules();
  const other = { ...table, replace: async () => false };
  await expect(setOptions(target, { alpha: 0.1 }, partsOf(other))).rejects.toThrow(
    "others keep changing the rule 'boiler-*'; try again",
  );
});

test('a write whose answer was lost, and that is refused when it is repeated, counts as made', async () => {
  const table = memoryRules();
  const lossy: RulesTable = {
    ...table,
    async replace(item, version) {
      await table.replace(item, version);
      return table.replace(item, version);
    },
  };
  expect((await setOptions(target, { alpha: 0.1 }, partsOf(lossy))).after.version).toBe(1);
  expect((await setOptions(target, { alpha: 0.2 }, partsOf(lossy))).after.version).toBe(2);
});

describe('versions', () => {
  test('are kept to a number', async () => {
    const table = memoryRules();
    const { ruleVersions } = processingLimits;
    for (let count = 0; count < ruleVersions + 5; count++)
      await setOptions(target, { window: count }, partsOf(table));
    const older = await versionsBefore(table, key, ruleVersions + 5, now);
    expect(older.map(({ version }) => version)).toEqual(
      Array.from({ length: ruleVersions }, (_, index) => ruleVersions + 4 - index),
    );
  });

  test('are counted on, and none comes again, when the removed rule itself has been deleted', async () => {
    const table = memoryRules();
    await setOptions(target, { alpha: 0.1 }, partsOf(table));
    const { after } = await unsetOptions(target, partsOf(table, 'bob'));
    expect(after).toMatchObject({ version: 2, setBy: 'bob', expiresAt: now.getTime() / 1000 + 24 * 3600 });
    await table.delete(key);
    expect((await setOptions(target, { alpha: 0.2 }, partsOf(table))).after.version).toBe(3);
    const older = await versionsBefore(table, key, 3, now);
    expect(older.map(({ version, options, setBy }) => [version, options, setBy])).toEqual([
      [2, undefined, 'bob'],
      [1, { alpha: 0.1 }, 'ann'],
    ]);
  });

  test('that are as old as they may get count for nothing', async () => {
    const table = memoryRules();
    for (const alpha of [0.1, 0.2]) await setOptions(target, { alpha }, partsOf(table));
    const later = new Date(now.getTime() + processingLimits.ruleVersionDays * 24 * 3600 * 1000);
    expect(await versionsBefore(table, key, 2, later)).toEqual([]);
  });
});

describe('a rule that was written by hand', () => {
  test.each([
    ['without a version', {}, 1],
    ['with text for one', { version: '7' }, 1],
    ['with one that no number can follow', { version: Number.MAX_VALUE }, 1],
    ['with a version', { version: 7 }, 8],
  ])('%s is gone on from', async (_, version, next) => {
    const table = memoryRules();
    const item = { ...key, ...version, options: { alpha: 0.1 } };
    await table.put(item);
    const { after } = await setOptions(target, { window: 2 }, partsOf(table));
    expect(after).toMatchObject({ version: next, options: { alpha: 0.1, window: 2 } });
    // What has no version that can be counted is not kept.
    const kept: unknown[] = [];
    for await (const page of table.read(versionsScope(key))) kept.push(...page);
    expect(kept).toMatchObject(next === 1 ? [] : [{ ...version, options: { alpha: 0.1 } }]);
  });

  test('with options that break their rule takes no more, but can be mended and removed', async () => {
    const table = memoryRules();
    const item = { ...key, version: 1, options: { alpha: 'x', window: 2 } };
    await table.put(item);
    await expect(setOptions(target, { window: 3 }, partsOf(table))).rejects.toThrow(
      "alpha must be a number greater than 0 and less than 1, got 'x'",
    );
    expect((await unsetOptions(target, partsOf(table), ['alpha'])).after.options).toEqual({ window: 2 });
  });

  test.each([[[1]], ['text'], [5], [null]])('with %j for options can only be removed', async (options) => {
    const table = memoryRules();
    const item = { ...key, version: 1, options };
    await table.put(item);
    await expect(setOptions(target, { window: 3 }, partsOf(table))).rejects.toThrow(
      "the rule 'boiler-*' must give options by their names, got something else: remove it first",
    );
    expect((await unsetOptions(target, partsOf(table))).after.options).toBeUndefined();
    expect((await setOptions(target, { window: 3 }, partsOf(table))).after.options).toEqual({ window: 3 });
  });
});

test.each([
  [
    'no options',
    () => setOptions(target, {}, partsOf(memoryRules())),
    'options must be one at least, got none',
  ],
  [
    'options that the service cannot go by',
    () => setOptions(target, { maxRegimeLength: Number.POSITIVE_INFINITY }, partsOf(memoryRules())),
    'maxRegimeLength must be an integer from 2 · startup (10) to 100000 in the service, got Infinity',
  ],
  [
    'a rule that is not there',
    () => unsetOptions(target, partsOf(memoryRules())),
    "a rule must be there to unset, got none for 'boiler-*'",
  ],
  [
    'an empty name',
    () => setOptions(ruleTarget(''), { window: 3 }, partsOf(memoryRules())),
    'a name or pattern must be text of 1 to 1000 bytes, got 0 bytes',
  ],
  [
    'a name that fits into no key',
    () => setOptions(ruleTarget('ä'.repeat(501)), { window: 3 }, partsOf(memoryRules())),
    'a name or pattern must be text of 1 to 1000 bytes, got 1002 bytes',
  ],
  [
    'to unset what fits into no key',
    () => unsetOptions(ruleTarget('x'.repeat(1001)), partsOf(memoryRules())),
    'a name or pattern must be text of 1 to 1000 bytes, got 1001 bytes',
  ],
])('%s is refused', async (_, change, message) => {
  await expect(change()).rejects.toThrow(new RangeError(message));
});

test('there are only so many rules, and those that expired do not count', async () => {
  const table = memoryRules();
  for (let count = 0; count < processingLimits.rules; count++)
    await table.put(ruleKey('mute', ruleTarget(`series-${count}`)));
  await expect(setOptions(target, { window: 3 }, partsOf(table))).rejects.toThrow(
    'rules must be at most 2000, mutes and those removed within a day among them',
  );
  // Mutes beyond would take the place of options: their keys sort first.
  await expect(mute(ruleTarget('other'), 1000, partsOf(table))).rejects.toThrow('rules must be at most 2000');
  await mute(ruleTarget('series-1'), 1000, partsOf(table));
  const expired = { ...ruleKey('mute', ruleTarget('series-0')), expiresAt: now.getTime() / 1000 };
  await table.put(expired);
  await setOptions(target, { window: 3 }, partsOf(table));
  // One that is there can be changed.
  await setOptions(target, { window: 4 }, partsOf(table));
});

test.each<[number, string | undefined]>([
  [1, undefined],
  [processingLimits.longestMuteMs, undefined],
  [0, '0'],
  [-1, '-1'],
  [Number.NaN, 'NaN'],
  [processingLimits.longestMuteMs + 86_400_000, '366d'],
])('a mute of %d ms is made, or refused with its length', async (milliseconds, got) => {
  const made = mute(target, milliseconds, partsOf(memoryRules()));
  if (got === undefined)
    expect(await made).toEqual({
      ...ruleKey('mute', target),
      mutedUntil: new Date(now.getTime() + milliseconds).toISOString(),
      setBy: 'ann',
      setAt: now.toISOString(),
      expiresAt: Math.ceil((now.getTime() + milliseconds) / 1000),
    });
  else
    await expect(made).rejects.toThrow(
      new RangeError(`a mute must last longer than 0 and at most 365d, got ${got}`),
    );
});

describe('a mute that has ended is as none, though DynamoDB deletes it days later', () => {
  const muteKey = ruleKey('mute', target);
  const second = now.getTime() / 1000;

  test.each<[string, object | undefined, boolean]>([
    ['none', undefined, false],
    ['one that ended yesterday', { expiresAt: second - 86_400 }, false],
    ['one that ends now', { expiresAt: second }, false],
    ['one that ends in a second', { expiresAt: second + 1 }, true],
    ['one that was written by hand, without an end', {}, true],
  ])('%s', async (_, item, isThere) => {
    const table = memoryRules();
    const stored = item && { ...muteKey, ...item };
    if (stored !== undefined) await table.put(stored);
    const { rules } = processingLimits;
    for (let count = isThere ? 1 : 0; count < rules; count++)
      await table.put(ruleKey('mute', ruleTarget(`series-${count}`)));
    const muting = mute(target, 1000, partsOf({ ...table, put: async () => {} }));
    if (isThere) await muting;
    else await expect(muting).rejects.toThrow(`rules must be at most ${rules}`);
    expect(await unmute(target, partsOf(table))).toEqual(isThere ? stored : undefined);
    expect(await unmute(target, partsOf(table))).toBeUndefined();
  });
});
