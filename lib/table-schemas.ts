/** The keys, time-to-live attribute, stream and index of both tables. The stack and the local runner read them here. */
export const eventsTableSchema = {
  partitionKey: 'seriesId',
  sortKey: 'eventKey',
  timeToLiveAttribute: 'expiresAt',
  streamViewType: 'NEW_IMAGE',
} as const;

export const changePointsTableSchema = {
  partitionKey: 'seriesId',
  sortKey: 'sortKey',
  /** On chunks of regimes alone: one never outlives an event in it. */
  timeToLiveAttribute: 'expiresAt',
  /** Holds the HEADs with a pending change point; no other item has this sort key. */
  pendingIndex: { name: 'pending', partitionKey: 'seriesId', sortKey: 'pendingSince' },
} as const;
