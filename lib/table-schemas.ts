/** The keys, time-to-live attribute, stream and index of the tables. The stack and the local runner read them here. */
export const eventsTableSchema = {
  partitionKey: 'seriesId',
  sortKey: 'eventKey',
  timeToLiveAttribute: 'expiresAt',
  /** The image of before tells an event that was deleted or corrected from one that is new. */
  streamViewType: 'NEW_AND_OLD_IMAGES',
} as const;

export const changePointsTableSchema = {
  partitionKey: 'seriesId',
  sortKey: 'sortKey',
  /** On chunks of regimes, none of which outlives an event in it, and on what people were told of a series. */
  timeToLiveAttribute: 'expiresAt',
  /** Holds the change points that are not published yet, and the HEADs with one that is not stored yet. No other item has `pendingSince`. */
  pendingIndex: { name: 'pending', partitionKey: 'seriesId', sortKey: 'pendingSince' },
} as const;

export const rulesTableSchema = {
  partitionKey: 'scope',
  sortKey: 'sortKey',
  /** On mutes, and on what is kept of rules that were changed or removed. */
  timeToLiveAttribute: 'expiresAt',
} as const;
