/** The keys, time-to-live attribute, stream and index of both tables: the one place that the stack and the local runner read. */
export const eventsTableSchema = {
  partitionKey: 'seriesId',
  sortKey: 'eventKey',
  timeToLiveAttribute: 'expiresAt',
  streamViewType: 'NEW_IMAGE',
} as const;

export const changePointsTableSchema = {
  partitionKey: 'seriesId',
  sortKey: 'sortKey',
  /** Holds the HEADs with a change point that is decided and not told yet; no other item has the sort key. */
  pendingIndex: { name: 'pending', partitionKey: 'seriesId', sortKey: 'pendingSince' },
} as const;
