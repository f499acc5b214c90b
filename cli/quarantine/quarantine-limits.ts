/** The bounds of looking at what was set aside. */
export const quarantineLimits = {
  /** Kinesis' own limit of a record. */
  recordBytes: 10 * 1024 * 1024,
  /** An object: a record of 10 MiB, or a payload of 6 MB within JSON, with room for their surroundings. */
  objectBytes: 32 * 1024 * 1024,
  /** Objects that are read at once. */
  objectsAtOnce: 8,
} as const;
