import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { listedRules } from '../../../lambda/rules/listed-rules.ts';
import { ruleAt, ruleKey, versionKey } from '../../../lambda/rules/rule-keys.ts';
import { byExactness, meantBy, ruleTarget } from '../../../lambda/rules/rule-target.ts';
import { currentRules, type RulesTable } from '../../../lambda/rules/rules-table.ts';

const now = new Date('2026-01-01T00:00:00Z');
const seconds = now.getTime() / 1000;
const rule = (text: string, item: object = { options: { alpha: 0.1 } }) => ({
  ...ruleKey('options', ruleTarget(text)),
  ...item,
});
const mute = (text: string, mutedUntil: unknown) => ({ ...ruleKey('mute', ruleTarget(text)), mutedUntil });
const textsOf = (...given: Parameters<typeof listedRules>) =>
  listedRules(...given).map(({ target }) => target.text);

describe('of all that is stored, those rules are listed', () => {
  const later = '2026-01-01T00:00:01Z';

  test('that are about the subject, the most exact first', () => {
    const items = [rule('boiler-*'), mute('boiler-1', later), rule('*'), rule('boiler-1'), mute('b*', later)];
    expect(textsOf(items, 'options', now)).toEqual(['boiler-1', 'boiler-*', '*']);
    expect(textsOf(items, 'mute', now)).toEqual(['boiler-1', 'b*']);
    expect(listedRules(items, 'mute', now)[0]?.item).toBe(items[1]);
  });

  test('whatever else stands in them', () => {
    const both = { options: {}, mutedUntil: later };
    const items = [rule('options', both), { ...mute('mute', later), ...both }];
    expect(textsOf(items, 'options', now)).toEqual(['options']);
    expect(textsOf(items, 'mute', now)).toEqual(['mute']);
  });

  test('that give options, and are not expired', () => {
    const items = [
      rule('removed', {}),
      rule('expired', { options: {}, expiresAt: seconds }),
      rule('expires', { options: {}, expiresAt: seconds + 1 }),
      rule('damaged', { options: null }),
      rule('text', { options: {}, expiresAt: '1' }),
    ];
    expect(textsOf(items, 'options', now)).toEqual(['damaged', 'expires', 'text']);
  });

  test('that mute until a time that is still to come', () => {
    const items = [
      mute('over', now.toISOString()),
      mute('on', later),
      mute('text', 'x'),
      mute('none', undefined),
      { ...mute('expired', later), expiresAt: seconds },
    ];
    expect(textsOf(items, 'mute', now)).toEqual(['on']);
  });

  test('whose key is one of a rule', () => {
    const strange = [undefined, 5, '', 'OPTIONS#', 'OPTIONS#SERIES#', 'OPTIONS#OTHER#a', 'options#SERIES#a'];
    const items = strange.map((sortKey) => ({ scope: 'RULES', sortKey, options: {} }));
    expect(textsOf(items, 'options', now)).toEqual([]);
  });
});

test('no more rules are read than may hold, and one more', async () => {
  let pages = 0;
  const table: Pick<RulesTable, 'read'> = {
    async *read(scope) {
      for (; ; pages++) yield ['a', 'b'].map((sortKey) => ({ scope, sortKey: `${pages}${sortKey}` }));
    },
  };
  expect(await currentRules(table as RulesTable, 3, now)).toHaveLength(4);
  expect(pages).toBe(1);
  pages = 0;
  expect(await currentRules(table as RulesTable, 4, now)).toHaveLength(6);
});

test('a rule that the detector cannot use is listed with its problem', () => {
  const [wrong, right] = listedRules([rule('a', { options: { alpha: 7 } }), rule('b')], 'options', now);
  expect(wrong).toMatchObject({ problem: 'alpha must be a number greater than 0 and less than 1, got 7' });
  expect(right).not.toHaveProperty('problem');
  const [muted] = listedRules([mute('a', '2026-01-02T00:00:00Z')], 'mute', now);
  expect(muted).not.toHaveProperty('problem');
});

describe('targets', () => {
  test('are patterns where they have a star or a question mark, unless they are the name of one series', () => {
    expect(ruleTarget('boiler-*')).toEqual({ kind: 'pattern', text: 'boiler-*' });
    expect(ruleTarget('boiler-?')).toEqual({ kind: 'pattern', text: 'boiler-?' });
    expect(ruleTarget('boiler-1')).toEqual({ kind: 'series', text: 'boiler-1' });
    expect(ruleTarget('boiler-*', true)).toEqual({ kind: 'series', text: 'boiler-*' });
  });

  test('mean their own name, or what they match', () => {
    const names = ['boiler-1', 'boiler-*', 'boiler-12'];
    expect(names.filter(meantBy(ruleTarget('boiler-*', true)))).toEqual(['boiler-*']);
    expect(names.filter(meantBy(ruleTarget('boiler-?')))).toEqual(['boiler-1', 'boiler-*']);
  });

  test.each([
    [
      ['a*', 'a'],
      ['a', 'a*'],
    ],
    [
      ['a*', 'ab*'],
      ['ab*', 'a*'],
    ],
    [
      ['a?', '?', '*'],
      ['a?', '?', '*'],
    ],
    [
      ['a*', 'a?'],
      ['a?', 'a*'],
    ],
    [
      ['a**', 'a*'],
      ['a*', 'a**'],
    ],
    [
      ['*a', 'a*'],
      ['*a', 'a*'],
    ],
    // A character of two units counts as one.
    [
      ['🔥*', 'ab*'],
      ['ab*', '🔥*'],
    ],
  ])('%j are in the order %j', (texts, order) => {
    const targets = texts.map((text) => ruleTarget(text));
    expect(targets.sort(byExactness).map(({ text }) => text)).toEqual(order);
  });

  test('are in one order, in which no two are equal', () => {
    const target = fc
      .tuple(
        fc.string({ unit: fc.constantFrom('a', 'b', '*', '?'), minLength: 1, maxLength: 5 }),
        fc.boolean(),
      )
      .map(([text, isExact]) => ruleTarget(text, isExact));
    fc.assert(
      fc.property(target, target, (one, other) => {
        const isSame = one.kind === other.kind && one.text === other.text;
        expect(byExactness(one, other) === 0).toBe(isSame);
        expect(Math.sign(byExactness(one, other)) + Math.sign(byExactness(other, one))).toBe(0);
      }),
    );
  });
});

test('the key of a rule says what it is about, and those of its versions sort as these do', () => {
  for (const subject of ['options', 'mute'] as const)
    for (const target of [ruleTarget('a#b'), ruleTarget('a*'), ruleTarget('*', true)])
      expect(ruleAt(ruleKey(subject, target).sortKey)).toEqual({ subject, target });
  const key = ruleKey('options', ruleTarget('a'));
  const versions = [1, 9, 10, 123_456_789].map((version) => versionKey(key, version));
  expect(versions.map(({ sortKey }) => sortKey).toSorted()).toEqual(versions.map(({ sortKey }) => sortKey));
  expect(new Set(versions.map(({ scope }) => scope))).toEqual(new Set(['VERSIONS#OPTIONS#SERIES#a']));
});
