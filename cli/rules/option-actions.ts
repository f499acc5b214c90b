import type { OptionName } from '@aed/core';
import { printable } from '../../lambda/printable.ts';
import { processingLimits } from '../../lambda/processing-limits.ts';
import type { ChangedRule } from '../../lambda/rules/change-rule.ts';
import { listedRules } from '../../lambda/rules/listed-rules.ts';
import { meantBy, type RuleTarget } from '../../lambda/rules/rule-target.ts';
import { currentRules } from '../../lambda/rules/rules-table.ts';
import { setOptions, unsetOptions } from '../../lambda/rules/set-options.ts';
import type { CliContext } from '../context.ts';
import type { DetectorTexts } from '../detector-options.ts';
import { jsonLine, write } from '../output.ts';
import { givenOptions, namedOptions } from './given-options.ts';
import { matchesOf } from './matched-series.ts';
import { type RuleOptions, targetIn, withRules } from './open-rules.ts';
import { holdsFrom, optionsText, ruleJson, rulesTableText, targetText } from './rule-view.ts';

export async function listOptions(options: RuleOptions, context: CliContext): Promise<void> {
  await withRules(options, context, async ({ parts: { table, clock } }) => {
    const rules = listedRules(await currentRules(table, processingLimits.rules, clock()), 'options', clock());
    if (options.json) {
      for (const rule of rules) await write(context.out, jsonLine({ type: 'rule', ...ruleJson(rule) }));
    } else await write(context.out, rules.length === 0 ? 'No rules.\n' : rulesTableText(rules));
  });
}

export async function setRule(
  text: string,
  options: RuleOptions & DetectorTexts,
  context: CliContext,
): Promise<void> {
  const given = givenOptions(options);
  await withRules(options, context, async ({ parts, clients, service }) => {
    const target = targetIn(text, options);
    const changed = await setOptions(target, given, parts);
    const matches = await matchesOf(clients.dynamoDb, service.changePointsTable, target);
    await tell(target, changed, options, context, matches);
    if (changed.before !== undefined || target.kind === 'pattern') return;
    // Who gives one series a rule of its own may expect that of its pattern to go on.
    const items = await currentRules(parts.table, processingLimits.rules, parts.clock());
    const pattern = listedRules(items, 'options', parts.clock()).find(
      (rule) => rule.target.kind === 'pattern' && meantBy(rule.target)(target.text),
    );
    if (pattern === undefined) return;
    context.error.write(
      `note: the rule ${targetText(pattern.target)} (${optionsText(pattern.item.options)}) gives ${targetText(target)} no options any more\n`,
    );
  });
}

export async function unsetRule(
  text: string,
  options: RuleOptions & Readonly<Partial<Record<OptionName, unknown>>>,
  context: CliContext,
): Promise<void> {
  await withRules(options, context, async ({ parts }) => {
    const target = targetIn(text, options);
    await tell(target, await unsetOptions(target, parts, namedOptions(options)), options, context);
  });
}

async function tell(
  target: RuleTarget,
  { before, after }: ChangedRule,
  { json }: RuleOptions,
  { out }: CliContext,
  matches?: Awaited<ReturnType<typeof matchesOf>>,
): Promise<void> {
  if (json) {
    const rule = ruleJson({ target, item: { ...after } });
    return write(out, jsonLine({ type: 'changed', version: after.version, ...rule, ...matches?.matched }));
  }
  const now = after.options === undefined ? 'removed' : optionsText(after.options);
  const was = before === undefined ? '' : `; before: ${optionsText(before.options)}`;
  await write(
    out,
    `${targetText(target)}: ${now} (version ${after.version}, set by ${printable(after.setBy)})${was}\n${holdsFrom}\n${matches === undefined ? '' : `${matches.text}\n`}`,
  );
}
