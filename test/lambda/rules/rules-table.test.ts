import { PutItemCommand } from '@aws-sdk/client-dynamodb';
import { expect, test } from 'vitest';
import { dynamoClient } from '../../../lambda/clients.ts';
import { ruleKey } from '../../../lambda/rules/rule-keys.ts';
import { ruleTarget } from '../../../lambda/rules/rule-target.ts';
import { rulesTable } from '../../../lambda/rules/rules-table.ts';
import { setOptions } from '../../../lambda/rules/set-options.ts';
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
