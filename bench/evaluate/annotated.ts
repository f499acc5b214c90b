/** Series with annotations that say where they change. */
export interface AnnotatedSet {
  /** The name of its folder. */
  readonly title: string;
  readonly series: readonly AnnotatedSeries[];
  /** The parts of the folder that are not scored: for each a sentence with the reason. */
  readonly leftOut: readonly string[];
}

export interface AnnotatedSeries {
  readonly name: string;
  /** Series of one group are also scored together. */
  readonly group: string | undefined;
  /** Oldest first; NaN where a value is missing. */
  readonly values: readonly number[];
  readonly truth: Truth;
}

export type Truth = MarkedChanges | MarkedWindows;

/** The places of changes, marked by one or more annotators. */
export interface MarkedChanges {
  readonly kind: 'changes';
  readonly annotators: readonly Annotator[];
}

export interface Annotator {
  readonly name: string;
  /** 0-based index of the first point after each change, in ascending order. */
  readonly changes: readonly number[];
}

/** Stretches of the series in which something happened. */
export interface MarkedWindows {
  readonly kind: 'windows';
  readonly windows: readonly Window[];
}

export interface Window {
  /** 0-based indexes of its first and its last point. */
  readonly first: number;
  readonly last: number;
}

/** The group that a name or a path says: the part before the first slash. `undefined` without a slash. */
export function groupOf(name: string): string | undefined {
  const slash = name.indexOf('/');
  return slash > 0 ? name.slice(0, slash) : undefined;
}
