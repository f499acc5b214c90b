import { describe, expect, test } from 'vitest';
import { settingRows, settingsTable } from '../../lib/settings-table.ts';

/** What a rule says of a name: `1 to 128 of the characters a-z A-Z 0-9 _ . -`, also behind a first letter. */
const said = /(?:(a letter) and up to|(\d+) to) (\d+) of the characters ([^,]+)$/;

const named = settingRows.flatMap(([name, { rule, fromText }]) => {
  const [, letter, least = '0', most = '', characters = ''] = said.exec(rule) ?? [];
  if (characters === '') return [];
  const isAllowed = (text: string) => {
    try {
      return fromText(name, text) === text;
    } catch {
      return false;
    }
  };
  const first = letter === undefined ? '' : 'a';
  return [[name, { first, least: Number(least), most: Number(most), characters, isAllowed }] as const];
});

test('these settings are names', () => {
  expect(named.map(([name]) => name)).toEqual([
    'stackName',
    'streamName',
    'eventsTableName',
    'changePointsTableName',
    'rulesTableName',
    'topicName',
    'peopleTopicName',
    'eventBus',
  ]);
});

describe.each(named)('the rule of %s says', (_, { first, least, most, characters, isAllowed }) => {
  test('how long it may be', () => {
    const ofLength = (length: number) => isAllowed(first + 'b'.repeat(length));
    for (const length of [least, least + 1, most - 1, most])
      expect([length, ofLength(length)]).toEqual([length, true]);
    for (const length of [least - 1, most + 1])
      if (length >= 0) expect([length, ofLength(length)]).toEqual([length, false]);
  });

  test('of which characters it may be, at each of its places', () => {
    const ascii = Array.from({ length: 128 }, (_, code) => String.fromCharCode(code));
    const listed = (character: string) =>
      characters.split(' ').some((one) => {
        const [from = '', to = from] = /^.-.$/.test(one) ? one.split('-') : [one];
        return character >= from && character <= to;
      });
    for (const character of [...ascii, 'é', 'ſ', '日']) {
      const places = [`${first}${character}bc`, `${first}b${character}c`, `${first}bc${character}`];
      expect([character, ...places.map(isAllowed)]).toEqual([
        character,
        ...places.map(() => listed(character)),
      ]);
    }
  });
});

test('a stack begins with a letter, and may have no more than that', () => {
  const { fromText } = settingsTable.stackName;
  for (const text of ['a', 'Z']) expect(fromText('stackName', text)).toBe(text);
  for (const text of ['7a', '-a', '']) expect(() => fromText('stackName', text)).toThrow(RangeError);
});

test.each([
  ['arn:aws:events:eu-west-1:111122223333:event-bus/plant', true],
  ['arn:aws-cn:events:cn-north-1:111122223333:event-bus/all/plants', true],
  ['arn:aws-us-gov:events:us-gov-east-1:111122223333:event-bus/p', true],
  ['arn:aws:events:eu-west-1:111122223333:event-bus/', false],
  ['arn:aws:events:eu-west-1:11112222333:event-bus/plant', false],
  ['arn:aws:events:eu-west-1:1111222233334:event-bus/plant', false],
  ['arn:aws:events::111122223333:event-bus/plant', false],
  ['arn:aws:events:EU:111122223333:event-bus/plant', false],
  ['arn:aws:events:eu-west-1:account:event-bus/plant', false],
  ['arn:gcp:events:eu-west-1:111122223333:event-bus/plant', false],
  ['the arn:aws:events:eu-west-1:111122223333:event-bus/plant', false],
])('%s is the ARN of a bus: %s', (text, isArn) => {
  const read = () => settingsTable.eventBus.fromText('eventBus', text);
  if (isArn) expect(read()).toBe(text);
  else expect(read).toThrow(RangeError);
});

test.each([
  ['me@example.org', true],
  ['m@e.o', true],
  ['first.last+tag@mail.example.org', true],
  ['@example.org', false],
  ['me@example', false],
  ['me@.org', false],
  ['me@example.', false],
  ['me at@example.org', false],
  ['me@exam ple.org', false],
  ['me@example.o rg', false],
  ['me@example.org ', false],
  [' me@example.org', false],
  ['me@example.org@', false],
])('%j is an e-mail address: %s', (text, isAddress) => {
  const read = () => settingsTable.email.fromText('email', text);
  if (isAddress) expect(read()).toBe(text);
  else expect(read).toThrow(RangeError);
});
