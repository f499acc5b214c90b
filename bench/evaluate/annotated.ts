/** Series of which somebody has said where they change. */
export interface AnnotatedSet {
  /** For people: the name of its folder. */
  readonly title: string;
  readonly series: readonly AnnotatedSeries[];
  /** What of the folder is not scored, and why: a sentence each. */
  readonly leftOut: readonly string[];
}

export interface AnnotatedSeries {
  /** With a group of series before a slash, if there are groups. */
  readonly name: string;
  /** Oldest first; NaN where a value is missing. */
  readonly values: readonly number[];
  readonly truth: Truth;
}

export type Truth = MarkedChanges | MarkedWindows;

/** Places of changes, by one annotator or more. */
export interface MarkedChanges {
  readonly kind: 'changes';
  readonly annotators: readonly Annotator[];
}

export interface Annotator {
  readonly name: string;
  /** 0-based index of the first point after each change, in ascending order. */
  readonly changes: readonly number[];
}

/** Stretches in which something happened. */
export interface MarkedWindows {
  readonly kind: 'windows';
  readonly windows: readonly Window[];
}

export interface Window {
  /** 0-based index of its first and of its last point. */
  readonly first: number;
  readonly last: number;
}

/** The group that a series is in: the part of its name before the first slash; `undefined` if it has none. */
export function groupOf({ name }: Pick<AnnotatedSeries, 'name'>): string | undefined {
  const slash = name.indexOf('/');
  return slash > 0 ? name.slice(0, slash) : undefined;
}
