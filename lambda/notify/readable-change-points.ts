import { hasTime } from '../event.ts';
import { printable } from '../printable.ts';
import { changePointKey, type StoredChangePoint } from '../tables/stored-change-point.ts';
import { damageOf } from './damage-of.ts';
import { brokenRule, type FieldRule, isNumber, isPrintable, isTime, orAbsent } from './field-rules.ts';

type Item = Readonly<Record<string, unknown>>;

/** What shows change points beside their texts: plots, tables and lists. */
const rules: readonly FieldRule[] = [
  { fields: ['changedAt', 'detectedAt'], rule: 'must be an ISO 8601 time', holds: isTime },
  {
    fields: ['changedFrom', 'changedTo', 'publishedAt', 'pendingSince'],
    rule: 'must be an ISO 8601 time, or absent',
    holds: orAbsent(isTime),
  },
  {
    fields: ['retractedAt', 'acknowledgedAt'],
    rule: 'must be a text that can be shown, or absent',
    holds: orAbsent(isPrintable),
  },
  { fields: ['changedEventKey'], rule: 'must be the key of an event', holds: hasTime },
  { fields: ['value', 'superiority'], rule: 'must be a number', holds: isNumber },
  {
    fields: ['acknowledgedBy', 'note'],
    rule: 'must be a text, or absent',
    holds: orAbsent((value) => typeof value === 'string'),
  },
];

/**
 * The change points in items of the change-points table, which anyone may edit.
 *
 * One that cannot be told or shown is left out, as if it were not there: the others are shown.
 *
 * @param onUnreadable - told of each item that is left out, and why
 */
export function readableChangePoints(
  items: readonly Item[],
  onUnreadable: (sortKey: string, damage: string) => void = () => {},
): readonly StoredChangePoint[] {
  return items.filter((item): item is Item & StoredChangePoint => {
    const damage = damageOf(item) ?? damageShown(item);
    if (damage !== undefined) onUnreadable(String(item.sortKey), damage);
    return damage === undefined;
  });
}

function damageShown(item: Item): string | undefined {
  const { seriesId, eventKey, before, after } = item as Item & StoredChangePoint;
  const broken = brokenRule(item, rules);
  if (broken !== undefined) return broken;
  const levels = [before.from, before.to, after.from, after.to];
  if (!levels.every(isTime)) return 'before and after must say from when to when; correct them in the item';
  const { sortKey } = changePointKey({ seriesId, eventKey });
  return item.sortKey === sortKey
    ? undefined
    : `it must have the sort key ${printable(sortKey)}, which its eventKey gives; delete the item`;
}
