/** The keys, time-to-live attribute and stream of both tables: the one place that the stack and the local runner read. */
export const eventsTableSchema = {
  partitionKey: 'seriesId',
  sortKey: 'eventKey',
  timeToLiveAttribute: 'expiresAt',
  streamViewType: 'NEW_IMAGE',
} as const;

export const changePointsTableSchema = {
  partitionKey: 'seriesId',
  sortKey: 'sortKey',
} as const;
