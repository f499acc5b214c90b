/** The bounds of reading what was set aside. */
export const quarantineLimits = {
  /** One object: a record of the largest size in base64, or a payload of 6 MB within JSON, with ample room for the rest. */
  objectBytes: 32 * 1024 * 1024,
  /** Objects that are read at once. */
  objectsAtOnce: 8,
} as const;
