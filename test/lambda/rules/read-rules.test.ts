import { type DetectorOptions, optionTable } from '@aed/core';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { processingLimits } from '../../../lambda/processing-limits.ts';
import { readRules } from '../../../lambda/rules/read-rules.ts';
import { ruleKey } from '../../../lambda/rules/rule-keys.ts';
import { RuleSet } from '../../../lambda/rules/rule-set.ts';
import { ruleTarget } from '../../../lambda/rules/rule-target.ts';
import { serviceOptions } from '../../../lambda/service-options.ts';
import { anyStored, anyStoredMap } from '../any-stored.ts';

const service = serviceOptions({ practicalThreshold: 1, maxRegimeLength: 10_000 });
const text = fc.oneof(
  fc.constantFrom(
    'OPTIONS#SERIES#s',
    'OPTIONS#PATTERN#*',
    'MUTE#SERIES#s',
    'MUTE#PATTERN#*',
    'OPTIONS#',
    'HEAD',
    'OPTIONS#SERIES#',
  ),
  fc.string(),
);
const item = fc.record({
  sortKey: text,
  options: fc.oneof(anyStored, anyStoredMap, fc.constant({ alpha: 0.5 })),
  mutedUntil: anyStored,
});

test('whatever stands as rules, each is used or told, and no series goes without options', () => {
  fc.assert(
    fc.property(fc.array(item, { maxLength: 6 }), anyStored, (items, own) => {
      const { options, mutes, problems } = readRules(items, service);
      const used = options.filter(({ inForce }) => inForce.rule !== undefined).length + mutes.length;
      expect(used + problems.length).toBe(items.length);
      const rules = new RuleSet(items, service).of('s');
      const { options: inForce, rule } = rules.optionsWith(own);
      expect(serviceOptions(inForce)).toEqual(inForce);
      if (rule === undefined && own === undefined) expect(inForce).toEqual(service);
      expect(rules.isMutedAt(new Date())).toBeTypeOf('boolean');
    }),
    { numRuns: 500 },
  );
});

test.each<[string, object, DetectorOptions | undefined, string | undefined]>([
  ['its very name', { own: 1, series: 2, pattern: 3 }, { practicalThreshold: 2 }, 's'],
  ['then its HEAD', { own: 1, pattern: 3 }, { practicalThreshold: 1 }, undefined],
  ['then a pattern', { pattern: 3 }, { practicalThreshold: 3 }, '*'],
  ['then the service', {}, undefined, undefined],
])('the options of a series come from %s', (_, given, expected, name) => {
  const { own, series, pattern }: { own?: number; series?: number; pattern?: number } = given;
  const defaults = serviceOptions({ alpha: 0.05, maxRegimeLength: 10_000 });
  const items = [
    ...(series === undefined
      ? []
      : [{ sortKey: 'OPTIONS#SERIES#s', options: { practicalThreshold: series } }]),
    ...(pattern === undefined
      ? []
      : [{ sortKey: 'OPTIONS#PATTERN#*', options: { practicalThreshold: pattern } }]),
  ];
  const head = own === undefined ? undefined : { practicalThreshold: own };
  const { options, rule } = new RuleSet(items, defaults).of('s').optionsWith(head);
  expect([options, rule]).toEqual([{ ...defaults, ...expected }, name]);
});

test('a rule that is wrong leaves its series to the service, not to a less exact rule', () => {
  const items = [
    { sortKey: 'OPTIONS#SERIES#s', options: { alpha: '0.1' } },
    { sortKey: 'OPTIONS#PATTERN#*', options: { alpha: 0.2 } },
  ];
  const rules = new RuleSet(items, service);
  expect(rules.of('s').optionsWith(undefined)).toEqual({ options: service });
  expect(rules.of('t').optionsWith(undefined)).toMatchObject({ rule: '*', options: { alpha: 0.2 } });
  expect(rules.problems).toEqual([
    { rule: 's', error: new RangeError("alpha must be a number greater than 0 and less than 1, got '0.1'") },
  ]);
});

test('a rule may be right by itself and wrong with the other options of the service', () => {
  const late = serviceOptions({ startup: 40, maxRegimeLength: 100 });
  const rules = new RuleSet([{ sortKey: 'OPTIONS#PATTERN#*', options: { maxRegimeLength: 50 } }], late);
  expect(rules.of('s').optionsWith(undefined).options).toEqual(late);
  expect(rules.problems).toHaveLength(1);
});

test('what is wrong with a rule is told by what the rule is for, or else by its key', () => {
  const items = [
    { sortKey: 'OPTIONS#' },
    { sortKey: 7 },
    { sortKey: 'MUTE#SERIES#s', mutedUntil: 'tomorrow' },
    { sortKey: 'OPTIONS#PATTERN#*', options: 'strict' },
  ];
  expect(readRules(items, service).problems.map(({ rule }) => rule)).toEqual(['OPTIONS#', '', 's', '*']);
});

test('a mute ends at its time', () => {
  const until = '2026-01-31T12:00:00.000Z';
  const rules = new RuleSet([{ sortKey: 'MUTE#PATTERN#boiler-*', mutedUntil: until }], service);
  const before = new Date(Date.parse(until) - 1);
  expect(rules.of('boiler-7').isMutedAt(before)).toBe(true);
  expect(rules.of('boiler-7').isMutedAt(new Date(until))).toBe(false);
  expect(rules.of('pump').isMutedAt(before)).toBe(false);
});

test('more rules than there may be are told, and the last ones left out', () => {
  const items = Array.from({ length: processingLimits.rules + 1 }, (_, index) => ({
    sortKey: `OPTIONS#SERIES#${index}`,
    options: {},
  }));
  const { options, problems } = readRules(items, service);
  expect(options).toHaveLength(processingLimits.rules);
  expect(problems.map(({ error }) => error.message)).toEqual([
    'rules must be at most 2000, got more: the last ones do not hold',
  ]);
});

test('every option can be given by a rule', () => {
  const names = Object.keys(optionTable);
  const { options } = readRules([{ sortKey: 'OPTIONS#SERIES#s', options: { ...service } }], service);
  expect(Object.keys(options[0]?.inForce.options ?? {})).toEqual(names);
});

test('one of several mutes is enough, of a name or of a pattern, until its end', () => {
  const until = (second: number) => new Date(Date.UTC(2026, 0, 1, 0, 0, second));
  const mutes = [
    ['boiler-1', 10],
    ['boiler-*', 20],
    ['pump-?', 30],
  ] as const;
  const items = mutes.map(([text, second]) => ({
    ...ruleKey('mute', ruleTarget(text)),
    mutedUntil: until(second).toISOString(),
  }));
  const rules = new RuleSet(items, service);
  const mutedAt = (second: number) =>
    ['boiler-1', 'boiler-2', 'pump-1', 'fan'].filter((name) => rules.of(name).isMutedAt(until(second)));
  expect([5, 10, 20, 30].map(mutedAt)).toEqual([
    ['boiler-1', 'boiler-2', 'pump-1'],
    ['boiler-1', 'boiler-2', 'pump-1'],
    ['pump-1'],
    [],
  ]);
});
