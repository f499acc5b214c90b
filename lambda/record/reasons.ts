/** Why an entry cannot become an event. Codes are stable, since metrics and the operations guide use them. */
export const reasons = [
  'empty',
  'bad-kpl-checksum',
  'bad-kpl-frame',
  'bad-gzip',
  'too-large',
  'too-many-entries',
  'not-utf8',
  'not-json',
  'not-an-object',
  'missing-field',
  'bad-series-id',
  'bad-timestamp',
  'implausible-timestamp',
  'future-timestamp',
  'bad-value',
  'value-out-of-range',
  'bad-event-id',
] as const;

export type Reason = (typeof reasons)[number];

/** What is wrong with an entry. */
export interface Refused {
  readonly ok: false;
  readonly reason: Reason;
  readonly detail: string;
}

export function refused(reason: Reason, detail: string): Refused {
  return { ok: false, reason, detail };
}

/** A value as an error message shows it: its kind, or the value itself if that is short. */
export function describeValue(value: unknown): string {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'an array';
  if (typeof value === 'object') return 'an object';
  const text = typeof value === 'string' ? `'${value}'` : String(value);
  return text.length <= 80 ? text : `${typeof value} of ${text.length} characters`;
}
