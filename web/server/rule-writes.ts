import { type DetectorOptions, optionsFromText, type ResolvedOptions, resolveOptions } from '@aed/core';
import { remarkLimits } from '../../lambda/acknowledgement.ts';
import { realBackoff } from '../../lambda/backoff.ts';
import { documentClient } from '../../lambda/document-client.ts';
import { isObject } from '../../lambda/reading/is-object.ts';
import type { RuleParts } from '../../lambda/rules/change-rule.ts';
import { mute, unmute } from '../../lambda/rules/mute.ts';
import { ruleKey } from '../../lambda/rules/rule-keys.ts';
import { checkTarget, type RuleTarget, ruleTarget } from '../../lambda/rules/rule-target.ts';
import { rulesTable } from '../../lambda/rules/rules-table.ts';
import { setOptions } from '../../lambda/rules/set-options.ts';
import { optionsOfSeries } from '../../lambda/service-options.ts';
import { textIn } from './acknowledge-write.ts';
import type { PageTables } from './page-tables.ts';
import type { PageWrite } from './page-writes.ts';
import type { WatchedService } from './watched-service.ts';

type Fields = Parameters<PageWrite>[0];

/**
 * The writes that change what the service does with one series: its options, and whether people are told of it.
 *
 * @param onRuled - called with the series when its rules are others
 */
export function ruleWrites(
  service: Pick<WatchedService, 'tables' | 'options' | 'isPolled'>,
  onRuled: (seriesId: string) => void,
): Readonly<Record<string, PageWrite>> {
  const ruled =
    (write: (target: RuleTarget, parts: RuleParts, fields: Fields) => Promise<unknown>): PageWrite =>
    async (fields) => {
      const seriesId = textIn('seriesId', fields.seriesId);
      const target = ruleTarget(seriesId, true);
      checkTarget(target);
      await write(target, partsFor(service.tables, fields.by), fields);
      onRuled(seriesId);
      return {};
    };
  return {
    '/api/options': ruled(async (target, parts, { options }) => {
      const before = await parts.table.get(ruleKey('options', target));
      const wanted = optionsIn(options);
      // Of a service that runs elsewhere the options are only guessed: the rule gives all of them.
      const given = service.isPolled ? wanted : leastRule(wanted, service.options, before?.options);
      await setOptions(target, given, parts);
    }),
    '/api/mute': ruled((target, parts, { milliseconds }) => {
      if (typeof milliseconds !== 'number')
        throw new RangeError(`milliseconds must be a number, got ${JSON.stringify(milliseconds) ?? 'none'}`);
      return mute(target, milliseconds, parts);
    }),
    '/api/unmute': ruled((target, parts) => unmute(target, parts)),
  };
}

function partsFor({ dynamoDb, rulesTable: tableName }: PageTables, by: unknown): RuleParts {
  if (tableName === undefined) throw new RangeError('a table of rules must be given, got none');
  const name = textIn('by', by).trim();
  if (name === '' || [...name].length > remarkLimits.by)
    throw new RangeError(`by must be a name of 1 to ${remarkLimits.by} characters, got '${name}'`);
  const client = documentClient(dynamoDb);
  return { table: rulesTable(client, tableName), by: name, clock: () => new Date(), backoff: realBackoff };
}

/** Every option, as texts by their names. @throws RangeError naming the option, its rule and the value */
function optionsIn(given: unknown): ResolvedOptions {
  if (!isObject(given) || Object.values(given).some((text) => typeof text !== 'string'))
    throw new RangeError(`options must be texts by their names, got ${JSON.stringify(given) ?? 'none'}`);
  return resolveOptions(optionsFromText(given));
}

/**
 * The fewest options by which a series has exactly those that are wanted.
 *
 * What equals the service's is left out, so that it follows the service. What the rule gives already is given anew.
 */
export function leastRule(
  wanted: ResolvedOptions,
  service: ResolvedOptions,
  before: unknown,
): DetectorOptions {
  const ruled = typeof before === 'object' && before !== null ? before : {};
  const pick = (isGiven: (name: keyof ResolvedOptions) => boolean): DetectorOptions =>
    Object.fromEntries(Object.entries(wanted).filter(([name]) => isGiven(name as keyof ResolvedOptions)));
  const first = pick((name) => wanted[name] !== service[name] || Object.hasOwn(ruled, name));
  // Another statistic brings defaults of its own.
  const { options: got } = optionsOfSeries({ ...ruled, ...first }, service);
  const least = pick((name) => Object.hasOwn(first, name) || got[name] !== wanted[name]);
  return Object.keys(least).length > 0 ? least : wanted;
}
