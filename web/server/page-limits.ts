/** The bounds of what the live page keeps, reads and sends. */
export const pageLimits = {
  /** A tick sends what is new. */
  tickMs: 200,
  /** Series in the list; more are counted, not shown. */
  series: 5_000,
  /** Series of which readings are read from the tables when the page starts. */
  recalledSeries: 1_000,
  /** Newest readings of a series in the list. */
  seriesPoints: 100,
  /** Readings in the updates of one tick, all series together. */
  updatePoints: 10_000,
  /** Notifications kept for those who come later. */
  notices: 100,
  /** Newest readings of an opened series. */
  historyPoints: 10_000,
  /** Change points of an opened series. */
  historyChangePoints: 500,
  /** Readings of an opened series that wait for the next tick; beyond, the history is sent again. */
  waitingPoints: 5_000,
  /** Open connections. */
  connections: 64,
} as const;
