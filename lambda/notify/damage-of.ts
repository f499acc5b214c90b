import type { SeriesChangePoint } from '../change-point.ts';
import { hasTime } from '../event.ts';
import { processingLimits } from '../processing-limits.ts';
import { brokenRule, type FieldRule, isNumber, isPrintableAndNotEmpty, orAbsent } from './field-rules.ts';
import { kindsInWords, textFor } from './message.ts';

/** A partition key of DynamoDB, under which it is remembered what was told. */
const isSeriesId = (name: unknown) =>
  typeof name === 'string' && name !== '' && Buffer.byteLength(name) <= processingLimits.seriesIdBytes;

const printableText = 'must be a text that can be shown';
const rules: readonly FieldRule[] = [
  { fields: ['seriesId'], rule: 'must be the name of a series', holds: isSeriesId },
  { fields: ['eventKey'], rule: 'must be the key of an event', holds: hasTime },
  { fields: ['id', 'changedAt', 'detectedAt'], rule: printableText, holds: isPrintableAndNotEmpty },
  { fields: ['changedFrom', 'changedTo'], rule: printableText, holds: orAbsent(isPrintableAndNotEmpty) },
  { fields: ['direction'], rule: "must be 'up' or 'down'", holds: (one) => one === 'up' || one === 'down' },
  {
    fields: ['kind'],
    rule: `must be one of ${Object.keys(kindsInWords).join(', ')}`,
    holds: orAbsent((kind) => typeof kind === 'string' && Object.hasOwn(kindsInWords, kind)),
  },
  { fields: ['magnitude', 'pValue'], rule: 'must be a number', holds: isNumber },
];

/**
 * Why a change point cannot be told, whoever gets it; `undefined` if it can.
 *
 * The topic carries what anyone publishes, and anyone may have edited an item of the table. One that no text can be made of, or whose text
 * SNS refuses, would hold up all that come with it or after it.
 */
export function damageOf(found: unknown): string | undefined {
  if (typeof found !== 'object' || found === null) return 'a change point must be an object';
  const broken = brokenRule(found as Readonly<Record<string, unknown>>, rules);
  if (broken !== undefined) return broken;
  return hasText(found as SeriesChangePoint)
    ? undefined
    : 'no text can be made of its levels, trend and options; correct them in the item';
}

function hasText(changePoint: SeriesChangePoint): boolean {
  try {
    textFor(changePoint);
    return [changePoint.before, changePoint.after].every(({ count }) => typeof count === 'number');
  } catch {
    return false;
  }
}
