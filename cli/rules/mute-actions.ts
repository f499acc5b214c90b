import { processingLimits } from '../../lambda/processing-limits.ts';
import { type ListedRule, listedRules } from '../../lambda/rules/listed-rules.ts';
import { mute, unmute } from '../../lambda/rules/mute.ts';
import { meantBy, type RuleTarget } from '../../lambda/rules/rule-target.ts';
import { currentRules, type RulesTable } from '../../lambda/rules/rules-table.ts';
import { type CliContext, FailedError } from '../context.ts';
import { jsonLine, write } from '../output.ts';
import { matchesOf } from './matched-series.ts';
import { type RuleOptions, targetIn, withRules } from './open-rules.ts';
import { holdsFrom, mutesTableText, ruleJson, shownTime, targetText } from './rule-view.ts';

export interface MuteOptions extends RuleOptions {
  /** Milliseconds. */
  readonly for?: number;
}

export async function muteSeries(
  text: string,
  milliseconds: number,
  options: MuteOptions,
  context: CliContext,
): Promise<void> {
  await withRules(options, context, async ({ parts, clients, service }) => {
    const target = targetIn(text, options);
    const muted = await mute(target, milliseconds, parts);
    const matches = await matchesOf(clients.dynamoDb, service.changePointsTable, target);
    await write(
      context.out,
      options.json
        ? jsonLine({ type: 'muted', ...ruleJson({ target, item: { ...muted } }), ...matches.matched })
        : `${targetText(target)} is muted until ${shownTime(muted.mutedUntil)}: changes are found, and people are not notified. ${holdsFrom}\n${matches.text}\n`,
    );
  });
}

export async function unmuteSeries(text: string, options: RuleOptions, context: CliContext): Promise<void> {
  await withRules(options, context, async ({ parts }) => {
    const target = targetIn(text, options);
    const was = await unmute(target, parts);
    const others = await mutesOver(target, parts.table, parts.clock());
    if (was === undefined)
      throw new FailedError(
        `${targetText(target)} has no mute of its own${mutedBy(others)}; \`aed mute list\` lists all`,
      );
    await write(
      context.out,
      options.json
        ? jsonLine({ type: 'unmuted', ...ruleJson({ target, item: was }) })
        : `The mute of ${targetText(target)} has ended${mutedBy(others)}.\n`,
    );
  });
}

export async function listMutes(options: MuteOptions, context: CliContext): Promise<void> {
  await withRules(options, context, async ({ parts: { table, clock } }) => {
    const mutes = listedRules(await currentRules(table, processingLimits.rules, clock()), 'mute', clock());
    if (options.json) {
      for (const one of mutes) await write(context.out, jsonLine({ type: 'mute', ...ruleJson(one) }));
    } else await write(context.out, mutes.length === 0 ? 'Nothing is muted.\n' : mutesTableText(mutes));
  });
}

/** The mutes that still hold for a series. Of a pattern nothing is said: other patterns may match some of its series. */
async function mutesOver(target: RuleTarget, table: RulesTable, now: Date): Promise<readonly ListedRule[]> {
  if (target.kind === 'pattern') return [];
  const items = await currentRules(table, processingLimits.rules, now);
  return listedRules(items, 'mute', now).filter((one) => meantBy(one.target)(target.text));
}

function mutedBy(others: readonly ListedRule[]): string {
  if (others.length === 0) return '';
  const names = others.map(({ target, item }) => `${targetText(target)} until ${shownTime(item.mutedUntil)}`);
  return `; still muted by ${names.join(', ')}`;
}
