import { hasTime } from '../event.ts';
import { printable } from '../printable.ts';
import { changePointKey, type StoredChangePoint } from '../tables/stored-change-point.ts';
import { damageOf } from './damage-of.ts';

type Item = Readonly<Record<string, unknown>>;

/** What shows change points beside their texts: plots, tables and lists. */
const rules: readonly (readonly [
  rule: string,
  fields: readonly string[],
  holds: (value: unknown) => boolean,
])[] = [
  ['must be an ISO 8601 time', ['changedAt', 'detectedAt'], isTime],
  [
    'must be an ISO 8601 time, or absent',
    ['changedFrom', 'changedTo', 'publishedAt', 'pendingSince'],
    orAbsent(isTime),
  ],
  ['must be a text that can be shown, or absent', ['retractedAt', 'acknowledgedAt'], orAbsent(isShown)],
  ['must be the key of an event', ['changedEventKey'], hasTime],
  ['must be a number', ['value', 'superiority'], isNumber],
  [
    'must be a text, or absent',
    ['acknowledgedBy', 'note', 'rule'],
    orAbsent((value) => typeof value === 'string'),
  ],
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
  for (const [rule, fields, holds] of rules) {
    const broken = fields.find((field) => !holds(item[field]));
    if (broken !== undefined) return `${broken} ${rule}, got ${shown(item[broken])}; correct it in the item`;
  }
  const levels = [before.from, before.to, after.from, after.to];
  if (!levels.every(isTime)) return 'before and after must say from when to when; correct them in the item';
  const { sortKey } = changePointKey({ seriesId, eventKey });
  return item.sortKey === sortKey
    ? undefined
    : `it must have the sort key ${printable(sortKey)}, which its eventKey gives; delete the item`;
}

function isTime(value: unknown): boolean {
  return typeof value === 'string' && !Number.isNaN(Date.parse(value));
}

function isShown(value: unknown): boolean {
  return typeof value === 'string' && printable(value) === value;
}

function isNumber(value: unknown): boolean {
  return typeof value === 'number' && Number.isFinite(value);
}

function orAbsent(holds: (value: unknown) => boolean): (value: unknown) => boolean {
  return (value) => value === undefined || holds(value);
}

function shown(value: unknown): string {
  return printable(JSON.stringify(value) ?? String(value));
}
