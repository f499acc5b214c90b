import { processingLimits } from '../processing-limits.ts';
import { currentRules, type RulesTable } from './rules-table.ts';

/**
 * Refuses one more rule or mute where there are as many as there may be: beyond that the last ones would not hold.
 *
 * @throws RangeError
 */
export async function refuseTooMany(table: RulesTable, now: Date): Promise<void> {
  const most = processingLimits.rules;
  if ((await currentRules(table, most, now)).length < most) return;
  throw new RangeError(
    `rules must be at most ${most}, mutes and those removed within a day among them: let patterns stand for several, or remove others`,
  );
}
