import { syncBuiltinESMExports } from 'node:module';
import os from 'node:os';
import { PutItemCommand } from '@aws-sdk/client-dynamodb';
import { marshall } from '@aws-sdk/util-dynamodb';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { names } from '../../local/resources.ts';
import { userName } from '../../local/user-name.ts';
import { jsonLines } from '../json-lines.ts';
import { useBackend } from '../use/backend.ts';
import { runHere } from './in-process.ts';

const backend = useBackend();
const aed = (...args: string[]) => runHere([...args, '--endpoint', backend.endpoints.dynamoDb]);

test('the user has the name that the system knows, whatever the environment says', () => {
  expect(userName({ USER: 'another', USERNAME: 'another' })).toBe(os.userInfo().username);
});

describe('in a container that has no name for its user', () => {
  beforeEach(() => {
    vi.spyOn(os, 'userInfo').mockImplementation(() => {
      throw new Error('uv_os_get_passwd returned ENOENT (no such file or directory)');
    });
    syncBuiltinESMExports();
  });
  afterEach(() => {
    vi.restoreAllMocks();
    syncBuiltinESMExports();
  });

  test.each<[NodeJS.ProcessEnv, string | undefined]>([
    [{ USER: 'ann', USERNAME: 'ben' }, 'ann'],
    [{ USER: '', USERNAME: 'ben' }, 'ben'],
    [{ USER: '' }, undefined],
    [{}, undefined],
  ])('it is that of the environment %j: %s', (environment, name) => {
    expect(userName(environment)).toBe(name);
  });

  test('an acknowledgement asks for one by its flag', async () => {
    const Item = marshall({ seriesId: 'a', sortKey: 'HEAD', version: 1 });
    await backend.clients.dynamoDb.send(new PutItemCommand({ TableName: names.changePointsTable, Item }));
    expect(await aed('acknowledge', 'a')).toMatchObject({
      code: 2,
      error: 'error: --by must be given, such as --by Ada: the user of this machine has no name\n',
    });
    expect(await aed('acknowledge', 'a', '--by', 'Ada')).toMatchObject({ code: 0, error: '' });
    expect(await aed('acknowledge', 'a', '--undo')).toMatchObject({ code: 0, error: '' });
  });

  test('a rule is set by somebody unknown, unless the flag says who it is', async () => {
    await aed('options', 'set', 'a', '--window', '3');
    await aed('mute', 'a', '--for', '1h', '--by', 'Ada');
    const setBy = async (...args: string[]) =>
      jsonLines((await aed(...args, '--json')).out).map((one) => one.setBy);
    expect([await setBy('options', 'list'), await setBy('mute', 'list')]).toEqual([['unknown'], ['Ada']]);
  });
});
