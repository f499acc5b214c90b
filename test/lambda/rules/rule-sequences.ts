import type { DetectorOptions, OptionName } from '@aed/core';
import fc from 'fast-check';
import { listedRules } from '../../../lambda/rules/listed-rules.ts';
import { ruleKey } from '../../../lambda/rules/rule-keys.ts';
import { RuleSet } from '../../../lambda/rules/rule-set.ts';
import { type RuleTarget, ruleTarget } from '../../../lambda/rules/rule-target.ts';
import { versionsBefore } from '../../../lambda/rules/rule-versions.ts';
import { currentRules } from '../../../lambda/rules/rules-table.ts';
import { setOptions, unsetOptions } from '../../../lambda/rules/set-options.ts';
import { detectorOptionsFromText } from '../../../lambda/settings.ts';
import { memoryRules } from './memory-rules.ts';

export type RuleAct =
  | { readonly kind: 'set'; readonly target: RuleTarget; readonly options: DetectorOptions }
  | {
      readonly kind: 'unset';
      readonly target: RuleTarget;
      readonly names?: readonly OptionName[] | undefined;
    };

const seriesIds = ['a', 'ab', 'abb', 'b', 'ba', 'a*', ''];
const targets = fc
  .tuple(fc.constantFrom('a', 'ab', 'a*', 'a?', '*', '*b', 'a*b', 'ab*', '?b', '**', 'b'), fc.boolean())
  .map(([text, isExact]) => ruleTarget(text, isExact));
/** The last two are refused: the one always, the other beside a shorter regime. */
const optionSets: fc.Arbitrary<DetectorOptions> = fc.oneof(
  fc.record({ practicalThreshold: fc.nat({ max: 9 }) }),
  fc.record({ alpha: fc.constantFrom(0.001, 0.05), window: fc.nat({ max: 3 }) }),
  fc.record({ startup: fc.integer({ min: 2, max: 40 }) }),
  fc.record({ maxRegimeLength: fc.constantFrom(20, 60) }),
  fc.constant({ alpha: 2 }),
);
const act: fc.Arbitrary<RuleAct> = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.record({ kind: fc.constant('set' as const), target: targets, options: optionSets }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant('unset' as const),
      target: targets,
      names: fc.option(fc.subarray<OptionName>(['alpha', 'window', 'startup'], { minLength: 1 }), {
        nil: undefined,
      }),
    }),
  },
);

export const ruleSequences = fc.array(act, { minLength: 1, maxLength: 12, size: 'max' });

const defaults = detectorOptionsFromText({});
const now = new Date('2026-01-31T12:00:00Z');

/**
 * Makes the changes in a table, and beside it in a plain map by the words of the operations guide.
 *
 * @returns what differs; nothing is right
 */
export async function runRuleSequence(acts: readonly RuleAct[]): Promise<readonly string[]> {
  const table = memoryRules();
  const parts = { table, by: 'tester', clock: () => now, backoff: { wait: async () => {}, random: () => 0 } };
  const rules = new Map<
    string,
    { readonly target: RuleTarget; readonly versions: (DetectorOptions | 'removed')[] }
  >();
  const wrong: string[] = [];
  for (const [index, one] of acts.entries()) {
    const key = JSON.stringify(one.target);
    const { versions } = rules.get(key) ?? { versions: [] };
    const before = versions.at(-1) ?? 'removed';
    const after = afterAct(one, before);
    const change =
      one.kind === 'set'
        ? setOptions(one.target, one.options, parts)
        : unsetOptions(one.target, parts, one.names);
    const isMade = await change.then(
      () => true,
      (error) => !(error instanceof RangeError),
    );
    if (isMade !== (after !== 'refused')) wrong.push(`act ${index}: ${isMade ? 'made' : 'refused'}`);
    if (after !== 'refused') rules.set(key, { target: one.target, versions: [...versions, after] });
    wrong.push(...(await differences(index)));
  }
  return wrong;

  async function differences(index: number): Promise<readonly string[]> {
    const found: string[] = [];
    const set = new RuleSet(await currentRules(table, 100, now), defaults);
    for (const seriesId of seriesIds) {
      const expected = mostExact(seriesId, [...rules.values()]);
      const { options, rule } = set.of(seriesId).optionsWith(undefined);
      const given = expected && (expected.versions.at(-1) as DetectorOptions);
      if (
        rule !== expected?.target.text ||
        JSON.stringify(options) !== JSON.stringify({ ...defaults, ...given })
      )
        found.push(`act ${index}: '${seriesId}' goes by ${rule}, ${JSON.stringify(options)}`);
    }
    const listed = listedRules(await currentRules(table, 100, now), 'options', now).length;
    const held = [...rules.values()].filter(({ versions }) => versions.at(-1) !== 'removed').length;
    if (listed !== held) found.push(`act ${index}: ${listed} listed of ${held}`);
    for (const { target, versions } of rules.values()) {
      const item = await table.get(ruleKey('options', target));
      const older = await versionsBefore(table, ruleKey('options', target), versions.length, now);
      const stored = [item, ...older].map((version) => version?.options ?? 'removed').reverse();
      if (item?.version !== versions.length || JSON.stringify(stored) !== JSON.stringify(versions))
        found.push(`act ${index}: versions of ${target.text} are ${JSON.stringify(stored)}`);
    }
    return found;
  }
}

function afterAct(
  act: RuleAct,
  before: DetectorOptions | 'removed',
): DetectorOptions | 'removed' | 'refused' {
  if (act.kind === 'set') {
    const after = { ...(before === 'removed' ? {} : before), ...act.options };
    const { alpha = 0.01, startup = 5, maxRegimeLength = 10_000 } = after;
    return alpha >= 1 || maxRegimeLength < 2 * startup ? 'refused' : after;
  }
  if (before === 'removed') return 'refused';
  const { names } = act;
  if (names === undefined) return 'removed';
  if (names.some((name) => before[name] === undefined)) return 'refused';
  const after = Object.fromEntries(
    Object.entries(before).filter(([name]) => !names.some((one) => one === name)),
  );
  return Object.keys(after).length === 0 ? 'removed' : after;
}

interface Known {
  readonly target: RuleTarget;
  readonly versions: readonly (DetectorOptions | 'removed')[];
}

/** As the operations guide says it. */
function mostExact(seriesId: string, rules: readonly Known[]): Known | undefined {
  const matching = rules.filter(({ target: { kind, text }, versions }) => {
    if (versions.at(-1) === 'removed') return false;
    if (kind === 'series') return text === seriesId;
    return new RegExp(`^${text.replaceAll('*', '.*').replaceAll('?', '.')}$`).test(seriesId);
  });
  const rank = ({ target: { kind, text } }: Known) => [
    kind === 'series' ? 0 : 1,
    -text.replaceAll(/[*?]/g, '').length,
    text.split('*').length,
  ];
  return matching.sort((one, other) => {
    const [a, b] = [rank(one), rank(other)];
    const place = a.findIndex((value, index) => value !== b[index]);
    if (place !== -1) return (a[place] ?? 0) - (b[place] ?? 0);
    return one.target.text < other.target.text ? -1 : 1;
  })[0];
}
