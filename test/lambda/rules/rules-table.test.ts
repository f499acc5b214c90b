import { PutItemCommand } from '@aws-sdk/client-dynamodb';
import { describe, expect, test } from 'vitest';
import { dynamoClient } from '../../../lambda/clients.ts';
import { type RuleKey, ruleKey } from '../../../lambda/rules/rule-keys.ts';
import { ruleTarget } from '../../../lambda/rules/rule-target.ts';
import { rulesTable } from '../../../lambda/rules/rules-table.ts';
import { setOptions } from '../../../lambda/rules/set-options.ts';
import type { RuleItem } from '../../../lambda/rules/stored-rule.ts';
import { realSurroundings } from '../../../lambda/surroundings.ts';
import { names } from '../../../local/resources.ts';
import { useBackend } from '../../use/backend.ts';

const backend = useBackend();

test.each([
  ['7', 8],
  ['7.0000000000000000000001', 8],
  ['-3', 1],
  ['12345678901234567890', 1],
  ['9.9e125', 1],
])('a rule whose version was edited to %s can be changed, by one at a time', async (version, next) => {
  const target = ruleTarget(`edited to ${version}`);
  const { scope, sortKey } = ruleKey('options', target);
  const options = { M: { alpha: { N: '0.1' } } };
  const Item = { scope: { S: scope }, sortKey: { S: sortKey }, version: { N: version }, options };
  await backend.clients.dynamoDb.send(new PutItemCommand({ TableName: names.rulesTable, Item }));
  const table = rulesTable(dynamoClient(backend.environment), names.rulesTable);
  const read = await table.get({ scope, sortKey });
  const { after } = await setOptions(target, { window: 2 }, { ...realSurroundings, table, by: 'ann' });
  expect(after).toMatchObject({ version: next, options: { alpha: 0.1, window: 2 } });
  // One who read the rule as it was is refused.
  expect(await table.replace(after, read?.version)).toBe(false);
});

describe('the table', () => {
  const tableOf = () => rulesTable(dynamoClient(backend.environment), names.rulesTable);
  const item = (scope: string, sortKey: string, more: RuleItem = {}): RuleItem & RuleKey => ({
    scope,
    sortKey,
    ...more,
  });

  async function read(scope: string, newestFirst?: boolean) {
    const found: unknown[] = [];
    for await (const page of tableOf().read(scope, newestFirst)) found.push(...page);
    return found;
  }

  test('has the items of a scope in the order of their keys, or in the opposite one', async () => {
    const table = tableOf();
    for (const sortKey of ['b', 'a', 'c']) await table.put(item('read', sortKey, { options: { toJSON: 5 } }));
    await table.put(item('another', 'a'));
    const sorted = ['a', 'b', 'c'].map((sortKey) => item('read', sortKey, { options: { toJSON: 5 } }));
    expect(await read('read')).toEqual(sorted);
    expect(await read('read', true)).toEqual(sorted.toReversed());
    expect(await read('none')).toEqual([]);
    await table.delete(item('read', 'b'));
    expect(await read('read')).toHaveLength(2);
    expect(await table.get(item('read', 'b'))).toBeUndefined();
    expect(await table.get(item('read', 'a'))).toEqual(sorted[0]);
  });

  test.each<[string, unknown]>([
    ['none', undefined],
    ['text', 'seven'],
    ['null', null],
    ['a number', 7],
    ['a fraction', 0.25],
  ])('replaces an item of the version that was read, and no other: %s', async (name, version) => {
    const table = tableOf();
    const key = item('replaced', name);
    await table.put(item('replaced', name, { ...(version !== undefined && { version }), note: 'old' }));
    for (const other of [undefined, 'eight', 8, 6, 1.25].filter((one) => one !== version))
      expect(await table.replace(item('replaced', name, { note: 'wrong' }), other)).toBe(false);
    expect(await table.get(key)).toMatchObject({ note: 'old' });
    expect(await table.replace(item('replaced', name, { version: 1, note: 'new' }), version)).toBe(true);
    expect(await table.get(key)).toEqual({ ...key, version: 1, note: 'new' });
  });

  test('puts an item where there is none', async () => {
    expect(await tableOf().replace(item('replaced', 'nothing', { version: 1 }), 7)).toBe(false);
    expect(await tableOf().replace(item('replaced', 'nothing', { version: 1 }), undefined)).toBe(true);
  });

  test('throws what the store throws', async () => {
    const table = rulesTable(dynamoClient(backend.environment), 'no-such-table');
    await expect(table.replace(item('a', 'b'), undefined)).rejects.toThrow(/not found|non-existent/i);
  });
});
