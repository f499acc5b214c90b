/** That a person has acknowledged a change point, as its item in the table has it. */
export interface Acknowledgement {
  /** ISO time. */
  readonly acknowledgedAt: string;
  /** The name that the person gave. Nobody checks it. */
  readonly acknowledgedBy: string;
  /** Absent if the person wrote none. */
  readonly note?: string;
}

/** What a person says of themselves and of a change. */
export interface Remark {
  readonly by: string;
  readonly note?: string | undefined;
}

/** Characters, at most. */
export const remarkLimits = { by: 100, note: 1_000 } as const;

/**
 * The acknowledgement that a remark makes. Blanks around the texts are cut off, and an empty note is none.
 *
 * @throws RangeError naming the text, its rule and its length
 */
export function acknowledgementOf({ by, note = '' }: Remark, now: Date): Acknowledgement {
  const [name, words] = [by.trim(), note.trim()];
  if (name === '') throw new RangeError("by must be a person's name, got an empty text");
  for (const [what, text] of [
    ['by', name],
    ['note', words],
  ] as const) {
    const { length } = [...text];
    if (length > remarkLimits[what])
      throw new RangeError(`${what} must have at most ${remarkLimits[what]} characters, got ${length}`);
  }
  return { acknowledgedAt: now.toISOString(), acknowledgedBy: name, ...(words !== '' && { note: words }) };
}
