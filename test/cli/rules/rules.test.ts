import { PutItemCommand } from '@aws-sdk/client-dynamodb';
import { marshall } from '@aws-sdk/util-dynamodb';
import { beforeEach, describe, expect, test } from 'vitest';
import { matchedSeries, matchedText, matchesOf } from '../../../cli/rules/matched-series.ts';
import { names } from '../../../local/resources.ts';
import { jsonLines } from '../../json-lines.ts';
import { useBackend } from '../../use/backend.ts';
import { runHere } from '../in-process.ts';

const backend = useBackend('for each test');
let at: readonly string[];

beforeEach(() => {
  at = ['--endpoint', backend.endpoints.dynamoDb];
});

/** Runs a command on the service. @returns what it wrote, without the lines of a table */
async function aed(...args: readonly string[]): Promise<string> {
  const { code, out, error } = await runHere([...args, ...at]);
  return (code === 0 ? out + error : `${code}: ${error}`)
    .replaceAll(/[─│┌┬┐├┼┤└┴┘]+/g, ' ')
    .replaceAll(/ +/g, ' ');
}

const put = (TableName: string, item: object) =>
  backend.clients.dynamoDb.send(new PutItemCommand({ TableName, Item: marshall(item) }));

describe('aed options', () => {
  test('sets options one after the other, lists the most exact rule first, and unsets them', async () => {
    expect(await aed('options', 'list')).toBe('No rules.\n');
    expect(await aed('options', 'set', 'boiler-*', '-p', '2', '--by', 'ann')).toBe(
      'boiler-*: --practical-threshold 2 (version 1, set by ann)\nIt holds for events from 10 s from now on.\n' +
        'It matches no series now, of 0 series with readings: it will apply when one comes.\n',
    );
    expect(await aed('options', 'set', 'boiler-*', '--alpha', '0.001', '--by', 'bob')).toContain(
      'boiler-*: --practical-threshold 2 --alpha 0.001 (version 2, set by bob); before: --practical-threshold 2\n',
    );
    expect(await aed('options', 'set', 'boiler-7', '--window', '3')).toContain(
      'note: the rule boiler-* (--practical-threshold 2 --alpha 0.001) gives boiler-7 no options any more\n',
    );
    await aed('options', 'set', '*', '--restart', 'change');
    const listed = jsonLines(await aed('options', 'list', '--json'));
    expect(listed).toMatchObject([
      { type: 'rule', series: 'boiler-7', options: { window: 3 }, version: 1 },
      { pattern: 'boiler-*', options: { practicalThreshold: 2, alpha: 0.001 }, version: 2, setBy: 'bob' },
      { pattern: '*', options: { restart: 'change' } },
    ]);
    expect(await aed('options', 'list')).toContain(
      ' boiler-* --practical-threshold 2 --alpha 0.001 2 bob, 20',
    );
    expect(await aed('options', 'unset', 'boiler-*', '--alpha')).toContain(
      'boiler-*: --practical-threshold 2 (',
    );
    expect(await aed('options', 'unset', 'boiler-*', '--practical-threshold')).toContain(
      'boiler-*: removed (version 4',
    );
    expect(jsonLines(await aed('options', 'list', '--json'))).toHaveLength(2);
  });

  test('shows which rule a series goes by, and what it was before', async () => {
    expect(await aed('options', 'get', 'boiler-7')).toBe(
      "boiler-7: no rule applies; the options are the service's.\nNo series with readings has the name boiler-7 yet.\n",
    );
    await aed('options', 'set', '*', '-p', '1');
    await aed('options', 'set', 'boiler-*', '-p', '2', '--by', 'ann');
    const got = await aed('options', 'get', 'boiler-7');
    expect(got).toContain("boiler-7: this rule applies; all other options are the service's.\n");
    expect(got).toContain(' boiler-* --practical-threshold 2 1 ann, ');
    expect(got).toContain('Less exact, without effect on it: *.\n');
    await put(names.changePointsTable, {
      seriesId: 'boiler-7',
      sortKey: 'HEAD',
      version: 1,
      options: { alpha: 0.1 },
    });
    expect(await aed('options', 'get', 'boiler-7')).toContain(
      'boiler-7: --alpha 0.1, from its HEAD; all other',
    );
    await aed('options', 'set', 'boiler-7', '-p', '5', '--by', 'ann');
    await aed('options', 'unset', 'boiler-7', '--by', 'bob');
    await aed('options', 'set', 'boiler-7', '-p', '6', '--by', 'cid');
    const [inForce, ...versions] = jsonLines(await aed('options', 'get', 'boiler-7', '--history', '--json'));
    expect(inForce).toMatchObject({
      type: 'optionsOf',
      hasReadings: true,
      from: 'rule',
      rule: { series: 'boiler-7', options: { practicalThreshold: 6 }, version: 3 },
      withoutEffect: ['boiler-*', '*'],
    });
    expect(versions).toMatchObject([
      { type: 'version', version: 3, options: { practicalThreshold: 6 }, setBy: 'cid' },
      { version: 2, setBy: 'bob' },
      { version: 1, options: { practicalThreshold: 5 }, setBy: 'ann' },
    ]);
    expect(await aed('options', 'get', 'boiler-7', '--history')).toContain(' 2 removed bob, ');
    expect(await aed('options', 'get', 'boiler-*')).toContain(' boiler-* --practical-threshold 2 1 ann, ');
    expect(await aed('options', 'get', 'pump-*')).toBe(
      '1: error: there is no rule for pump-*; `aed options list` shows all\n',
    );
  });

  test('takes a name with a star as one of a single series only if it is said to be one', async () => {
    await aed('options', 'set', 'a*', '-p', '2', '--exact');
    expect(await aed('options', 'get', 'ab')).toContain('no rule applies');
    expect(await aed('options', 'get', 'a*', '--exact')).toContain("'a*' exactly: this rule applies");
    expect(await aed('options', 'get', 'a*')).toContain('there is no rule for a*');
  });

  test('shows rules that were written by hand, whatever they hold', async () => {
    await put(names.rulesTable, {
      scope: 'RULES',
      sortKey: 'OPTIONS#SERIES#s',
      options: { alpha: '1', '\n': {} },
    });
    await put(names.rulesTable, { scope: 'RULES', sortKey: 'OPTIONS#SERIES#t', options: ['alpha'] });
    await put(names.rulesTable, { scope: 'RULES', sortKey: 'what' });
    const listed = await aed('options', 'list');
    expect(listed).toContain('--alpha 1 -- –; not used: option must be one of');
    expect(listed).toContain('–; not used: options must be an object with names, got a value of type Array');
  });

  test.each([
    [['set', 'a'], '2: error: an option must be given, such as --practical-threshold 2; --help lists them\n'],
    [['set', 'a', '-p', 'x'], "2: error: --practical-threshold must be a number, got 'x'\n"],
    [
      ['set', 'a', '-p', '-1'],
      '2: error: --practical-threshold must be a finite number of at least 0, got -1\n',
    ],
    [['set', '', '-p', '1'], '2: error: a name or pattern must be text of 1 to 1000 bytes, got 0 bytes\n'],
    [['unset', 'a'], "2: error: a rule must be there to unset, got none for 'a'\n"],
  ])('%j is refused', async (args, message) => {
    expect(await aed('options', ...args)).toBe(message);
  });

  test('says which option a rule does not give', async () => {
    await aed('options', 'set', 'a', '-p', '1');
    expect(await aed('options', 'unset', 'a', '--alpha')).toBe(
      "2: error: an option to unset must be one that the rule 'a' gives, got alpha\n",
    );
  });
});

describe('aed mute', () => {
  test('mutes for a time, lists what is muted, and ends a mute', async () => {
    expect(await aed('mute', 'list')).toBe('Nothing is muted.\n');
    expect(await aed('mute', 'boiler-*', '--for', '8h', '--by', 'ann')).toMatch(
      /^boiler-\* is muted until 20.+: changes are found, and people are not notified\. It holds for events from 10 s from now on\.\nIt matches no series now, of 0 series with readings: it will apply when one comes\.\n$/,
    );
    await aed('mute', 'list', '--for', '7d');
    const [list, boilers] = jsonLines(await aed('mute', 'list', '--json'));
    expect([list, boilers]).toMatchObject([
      { type: 'mute', series: 'list' },
      { pattern: 'boiler-*', setBy: 'ann' },
    ]);
    expect(await aed('mute', 'list')).toMatch(/ boiler-\* 20.+ ann, 20/);
    expect(await aed('unmute', 'boiler-7')).toMatch(
      /^1: error: boiler-7 has no mute of its own; still muted by boiler-\* until 20/,
    );
    expect(await aed('unmute', 'boiler-*')).toBe('The mute of boiler-* has ended.\n');
    expect(jsonLines(await aed('mute', 'list', '--json'))).toHaveLength(1);
  });

  test('a mute that has ended is none, though it is still in the table', async () => {
    const ended = { scope: 'RULES', sortKey: 'MUTE#SERIES#a', mutedUntil: '2026-01-01T00:00:00.000Z' };
    await put(names.rulesTable, { ...ended, expiresAt: Date.parse(ended.mutedUntil) / 1000 });
    expect(await aed('mute', 'list')).toBe('Nothing is muted.\n');
    expect(await aed('unmute', 'a')).toBe('1: error: a has no mute of its own; `aed mute list` lists all\n');
  });

  test.each([
    [['a'], '2: error: --for must be given, such as --for 8h\n'],
    [
      ['a', '8h'],
      "2: error: mute takes one series or pattern, and its time by --for, such as --for 8h; got '8h' beside it\n",
    ],
    [['a', '--for', '400d'], '2: error: a mute must last longer than 0 and at most 365d, got 400d\n'],
  ])('%j is refused', async (args, message) => {
    expect(await aed('mute', ...args)).toBe(message);
  });
});

describe('how many series a rule matches now', () => {
  const head = (seriesId: string, more: object = {}) =>
    put(names.changePointsTable, { seriesId, sortKey: 'HEAD', version: 1, ...more });

  test('is said, and counted in JSON', async () => {
    for (const name of ['boiler-1', 'boiler-2', 'pump-1']) await head(name);
    await put(names.changePointsTable, { seriesId: 'boiler-3', sortKey: 'CP#2026-01-01T00:00:00.000Z#e' });
    for (const [target, said, matched] of [
      [
        'boiler-*',
        'It matches 2 series now, of 3 series with readings.',
        { matches: 2, lookedAt: 3, isAll: true },
      ],
      [
        'valve-*',
        'It matches no series now, of 3 series with readings: it will apply when one comes.',
        { matches: 0, lookedAt: 3, isAll: true },
      ],
      ['boiler-1', 'The service has this series.', { matches: 1, lookedAt: 1, isAll: true }],
      [
        'Boiler-1',
        'No series with readings has the name Boiler-1 yet: it will apply when one comes.',
        { matches: 0, lookedAt: 1, isAll: true },
      ],
    ] as const) {
      expect(await aed('options', 'set', target, '-p', '2')).toContain(`\n${said}\n`);
      expect(await aed('mute', target, '--for', '1h')).toContain(`\n${said}\n`);
      const [changed] = jsonLines(await aed('options', 'set', target, '-p', '3', '--json'));
      expect(changed).toMatchObject(matched);
      const [muted] = jsonLines(await aed('mute', target, '--for', '2h', '--json'));
      expect(muted).toMatchObject(matched);
    }
  });

  test('is not known of a table that is not named, or not there, and the rule is set all the same', async () => {
    const { dynamoDb } = backend.clients;
    const target = { kind: 'pattern', text: 'a*' } as const;
    expect(await matchesOf(dynamoDb, undefined, target)).toEqual({
      text: 'Give --change-points-table as well to see how many series it matches.',
    });
    const other = ['--change-points-table', 'other'];
    expect(await aed('options', 'set', 'a*', '-p', '2', ...other)).toMatch(
      /\nHow many series it matches could not be counted: .*\n$/,
    );
    expect(jsonLines(await aed('options', 'list', '--json'))).toMatchObject([{ pattern: 'a*' }]);
  });

  test('is counted over a part of a large table, and said so', async () => {
    for (let index = 0; index < 4; index++) await head(`large-${index}`, { filler: 'x'.repeat(390_000) });
    const target = { kind: 'pattern', text: '*-?' } as const;
    const matched = await matchedSeries(backend.clients.dynamoDb, names.changePointsTable, target, 1);
    expect(matched).toMatchObject({ isAll: false, matches: matched.lookedAt });
    expect(matched.lookedAt).toBeLessThan(4);
    expect(matchedText(target, matched)).toMatch(
      /^It matches \d series now, of the \d series that were looked at; there are more\.$/,
    );
  });
});
