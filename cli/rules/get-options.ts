import { processingLimits } from '../../lambda/processing-limits.ts';
import { type ListedRule, listedRules } from '../../lambda/rules/listed-rules.ts';
import { ruleKey } from '../../lambda/rules/rule-keys.ts';
import type { RuleTarget } from '../../lambda/rules/rule-target.ts';
import { versionsBefore } from '../../lambda/rules/rule-versions.ts';
import { currentRules, type RulesTable } from '../../lambda/rules/rules-table.ts';
import type { RuleItem } from '../../lambda/rules/stored-rule.ts';
import { type CliContext, FailedError } from '../context.ts';
import { jsonLine, write } from '../output.ts';
import { storedChangePoints } from '../service/stored-series.ts';
import { type RuleOptions, targetIn, withRules } from './open-rules.ts';
import { optionsInForce, type SeriesOptionsInForce } from './options-in-force.ts';
import { optionsText, ruleJson, rulesTableText, targetText, versionsText } from './rule-view.ts';

export interface GetOptions extends RuleOptions {
  readonly history: boolean;
}

export async function getOptions(text: string, options: GetOptions, context: CliContext): Promise<void> {
  const target = targetIn(text, options);
  await withRules(
    options,
    context,
    async ({ parts: { table, clock }, clients, service: { changePointsTable = '' } }) => {
      const items = await currentRules(table, processingLimits.rules, clock());
      if (target.kind === 'series') {
        const head = await storedChangePoints(clients.dynamoDb, changePointsTable).head(text);
        const inForce = optionsInForce(text, items, head?.options, clock());
        await tellSeries(target, { ...inForce, hasReadings: head !== undefined }, options, context);
      } else {
        const rule = listedRules(items, 'options', clock()).find(
          ({ target: one }) => one.kind === 'pattern' && one.text === text,
        );
        if (rule !== undefined) await tellRule(rule, options, context);
        else if (!options.history)
          throw new FailedError(`there is no rule for ${targetText(target)}; \`aed options list\` shows all`);
      }
      if (options.history) await tellVersions(target, table, clock(), options, context);
    },
    ['changePointsTable'],
  );
}

async function tellRule(rule: ListedRule, { json }: GetOptions, { out }: CliContext): Promise<void> {
  await write(out, json ? jsonLine({ type: 'rule', ...ruleJson(rule) }) : rulesTableText([rule]));
}

async function tellSeries(
  target: RuleTarget,
  { origin, others, hasReadings }: SeriesOptionsInForce & { readonly hasReadings: boolean },
  { json }: GetOptions,
  { out }: CliContext,
): Promise<void> {
  const withoutEffect = others.map((other) => other.target.text);
  if (json) {
    const { from, ...of } = origin;
    const rule = 'rule' in of ? { rule: ruleJson(of.rule) } : of;
    return write(
      out,
      jsonLine({ type: 'optionsOf', seriesId: target.text, hasReadings, from, ...rule, withoutEffect }),
    );
  }
  const unknown = hasReadings ? '' : noReadingsYet(target);
  const less =
    others.length === 0
      ? ''
      : `Less exact, without effect on it: ${others.map((other) => targetText(other.target)).join(', ')}.\n`;
  const name = targetText(target);
  if (origin.from === 'service')
    return write(out, `${name}: no rule applies; the options are the service's.\n${unknown}`);
  const text =
    origin.from === 'rule'
      ? `${name}: this rule applies; all other options are the service's.\n${rulesTableText([origin.rule])}`
      : `${name}: ${optionsText(origin.options)}, from its HEAD; all other options are the service's.\n`;
  await write(out, text + less + unknown);
}

function noReadingsYet(target: RuleTarget): string {
  return `No series with readings has the name ${targetText(target)} yet.\n`;
}

async function tellVersions(
  target: RuleTarget,
  table: RulesTable,
  now: Date,
  { json }: GetOptions,
  { out }: CliContext,
): Promise<void> {
  const key = ruleKey('options', target);
  const current = await table.get(key);
  const before = await versionsBefore(table, key, Number(current?.version ?? Number.POSITIVE_INFINITY), now);
  const versions: readonly RuleItem[] = [...(current === undefined ? [] : [current]), ...before];
  if (json) {
    for (const item of versions) {
      const { version } = item;
      await write(out, jsonLine({ type: 'version', version, ...ruleJson({ target, item }) }));
    }
  } else if (versions.length === 0) await write(out, `No rule was ever set for ${targetText(target)}.\n`);
  else await write(out, `Versions of the rule for ${targetText(target)}:\n${versionsText(versions)}`);
}
