import type { SeriesChangePoint } from '../change-point.ts';
import { hasTime } from '../event.ts';
import { printable } from '../printable.ts';
import { processingLimits } from '../processing-limits.ts';
import { kindsInWords, textFor } from './message.ts';

interface FieldRule {
  readonly field: keyof SeriesChangePoint;
  readonly rule: string;
  readonly holds: (value: unknown) => boolean;
}

const isNumber = (value: unknown) => typeof value === 'number' && Number.isFinite(value);
/** Whether a text may be shown as it is. */
const isShown = (text: unknown) => typeof text === 'string' && text !== '' && printable(text) === text;
/** A partition key of DynamoDB, under which it is remembered what was told. */
const isSeriesId = (name: unknown) =>
  typeof name === 'string' && name !== '' && Buffer.byteLength(name) <= processingLimits.seriesIdBytes;
const orAbsent = (holds: FieldRule['holds']) => (value: unknown) => value === undefined || holds(value);

const printableText = 'must be a text that can be shown';
const rules: readonly FieldRule[] = [
  { field: 'seriesId', rule: 'must be the name of a series', holds: isSeriesId },
  {
    field: 'eventKey',
    rule: 'must be the key of an event',
    holds: hasTime,
  },
  { field: 'id', rule: printableText, holds: isShown },
  { field: 'changedAt', rule: printableText, holds: isShown },
  { field: 'detectedAt', rule: printableText, holds: isShown },
  { field: 'changedFrom', rule: printableText, holds: orAbsent(isShown) },
  { field: 'changedTo', rule: printableText, holds: orAbsent(isShown) },
  { field: 'direction', rule: "must be 'up' or 'down'", holds: (one) => one === 'up' || one === 'down' },
  {
    field: 'kind',
    rule: `must be one of ${Object.keys(kindsInWords).join(', ')}`,
    holds: orAbsent((kind) => typeof kind === 'string' && Object.hasOwn(kindsInWords, kind)),
  },
  { field: 'magnitude', rule: 'must be a number', holds: isNumber },
  { field: 'pValue', rule: 'must be a number', holds: isNumber },
];

/**
 * Why a change point cannot be told, whoever gets it; `undefined` if it can.
 *
 * The topic carries what anyone publishes, and anyone may have edited an item of the table. One that no text can be made of, or whose text
 * SNS refuses, would hold up all that come with it or after it.
 */
export function damageOf(found: unknown): string | undefined {
  if (typeof found !== 'object' || found === null) return 'a change point must be an object';
  const fields = found as Readonly<Record<string, unknown>>;
  const broken = rules.find(({ field, holds }) => !holds(fields[field]));
  if (broken !== undefined)
    return `${broken.field} ${broken.rule}, got ${shown(fields[broken.field])}; correct it in the item`;
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

function shown(value: unknown): string {
  return printable(JSON.stringify(value) ?? String(value));
}
