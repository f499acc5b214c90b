/** The bounds of what the live page keeps, reads and sends. */
export const pageLimits = {
  /** Time between two updates. */
  tickMs: 200,
  /** Series in the list. Further ones are only counted. */
  series: 5_000,
  /** Series whose readings are read from the tables when the page starts. */
  recalledSeries: 1_000,
  /** Newest readings of a series in the list. */
  seriesPoints: 100,
  /** Readings in one update, over all series. */
  updatePoints: 10_000,
  /** Newest notifications that are kept for later readers. */
  notices: 100,
  /** Newest readings of an opened series. */
  historyPoints: 10_000,
  /** Change points of an opened series. */
  historyChangePoints: 500,
  /** Readings of an opened series that wait for the next update. If there are more, the history is sent again. */
  waitingPoints: 5_000,
  /** Open connections. */
  connections: 64,
} as const;
