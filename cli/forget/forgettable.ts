/** What is not deleted: the series cannot be told from others in it, or it is too large to be read. */
export interface LeftOver {
  readonly key: string;
  readonly why: 'inseparable' | 'too large';
}

/** One place where a service keeps what it knows of a series. */
export interface Forgettable {
  /** What it counts, in the plural. */
  readonly name: string;
  /** @returns how much of the series it holds */
  count(): Promise<number>;
  /**
   * Deletes all of it that is there. What is deleted already needs no second time: after a stop it goes on.
   *
   * @param onDeleted - called with how much more is deleted
   * @returns what cannot be deleted
   * @throws what the store throws; FailedError if it does not take all deletes; the signal's reason if that aborts
   */
  delete(onDeleted: (more: number) => void): Promise<readonly LeftOver[]>;
}
