import type { ResolvedOptions } from '@aed/core';
import { documentClient } from '../../lambda/document-client.ts';
import { processingLimits } from '../../lambda/processing-limits.ts';
import { listedRules } from '../../lambda/rules/listed-rules.ts';
import { RuleSet } from '../../lambda/rules/rule-set.ts';
import { meantBy } from '../../lambda/rules/rule-target.ts';
import { currentRules, rulesTable } from '../../lambda/rules/rules-table.ts';
import type { History } from '../wire.ts';
import type { PageTables } from './page-tables.ts';

/** What the rules say of a series. */
export interface RuledSeries extends Pick<History, 'options' | 'rule' | 'mute'> {}

/**
 * The options of a series and its mute, as the rules have it now. Without a rules table, those of its HEAD and of the service.
 *
 * @param own - the content of `options` in the series' HEAD, which anyone may have written
 */
export async function seriesRules(
  { dynamoDb, rulesTable: tableName }: PageTables,
  seriesId: string,
  service: ResolvedOptions,
  own: unknown,
): Promise<RuledSeries> {
  if (tableName === undefined)
    return { options: new RuleSet([], service).of(seriesId).optionsWith(own).options };
  const client = documentClient(dynamoDb);
  const now = new Date();
  const items = await currentRules(rulesTable(client, tableName), processingLimits.rules, now);
  const { options, rule } = new RuleSet(items, service).of(seriesId).optionsWith(own);
  const mutes = listedRules(items, 'mute', now)
    .filter(({ target }) => meantBy(target)(seriesId))
    .map(({ target, item }) => ({
      until: String(item.mutedUntil),
      by: String(item.setBy ?? ''),
      pattern: target.kind === 'pattern' ? target.text : undefined,
    }))
    .sort((one, other) => Date.parse(other.until) - Date.parse(one.until));
  const [longest] = mutes;
  return {
    options,
    ...(rule !== undefined && { rule }),
    ...(longest && {
      mute: { until: longest.until, by: longest.by, ...(longest.pattern && { pattern: longest.pattern }) },
    }),
  };
}
