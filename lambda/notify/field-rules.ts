import { printable } from '../printable.ts';
import type { StoredChangePoint } from '../tables/stored-change-point.ts';

/** What some fields of a change point must hold. */
export interface FieldRule {
  readonly fields: readonly (keyof StoredChangePoint)[];
  /** In words: 'must be a number'. */
  readonly rule: string;
  readonly holds: (value: unknown) => boolean;
}

/** Says which field breaks a rule first, for whoever can correct it; `undefined` if all rules hold. */
export function brokenRule(
  item: Readonly<Record<string, unknown>>,
  rules: readonly FieldRule[],
): string | undefined {
  for (const { fields, rule, holds } of rules) {
    const broken = fields.find((field) => !holds(item[field]));
    if (broken !== undefined) return `${broken} ${rule}, got ${shown(item[broken])}; correct it in the item`;
  }
  return undefined;
}

export function isNumber(value: unknown): boolean {
  return typeof value === 'number' && Number.isFinite(value);
}

export function isTime(value: unknown): boolean {
  return typeof value === 'string' && !Number.isNaN(Date.parse(value));
}

/** Whether a text can be shown as it is. The empty text can. */
export function isPrintable(value: unknown): boolean {
  return typeof value === 'string' && printable(value) === value;
}

export function isPrintableAndNotEmpty(value: unknown): boolean {
  return value !== '' && isPrintable(value);
}

export function orAbsent(holds: FieldRule['holds']): FieldRule['holds'] {
  return (value) => value === undefined || holds(value);
}

function shown(value: unknown): string {
  return printable(JSON.stringify(value) ?? String(value));
}
