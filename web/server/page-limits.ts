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
  /** Bytes of a write. */
  writeBytes: 1_000_000,
  /** Series in a write. */
  writtenSeries: 200,
  /** Time between two looks at what waits to be told. */
  untoldMs: 2_000,
  /** For so long a change may be on its way from the tables to the topic. */
  tellingMs: 5_000,
  /** Change points that wait to be told and are shown as such. */
  untold: 200,
  /** Series that are looked at again in a second, to see what others acknowledged. */
  looksASecond: 10,
  /** Series, all of whose changes are acknowledged, that are looked at again in a second, to see which acknowledgements others took back. */
  settledLooksASecond: 2,
  /** Time between two searches for new series, where only the tables can be seen. */
  findSeriesMs: 600_000,
  /** Newest change points of a series that such a look reads. */
  lookedChangePoints: 20,
} as const;
