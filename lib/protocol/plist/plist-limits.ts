/** Bounds of what is read. A full InstalledApplicationList has about 100 000 elements, 6 deep, in 3 MB. */
export const PLIST_LIMITS = {
  bytes: 32 * 1024 * 1024,
  /** Dictionaries and arrays inside one another. */
  depth: 64,
  /** Values and keys. */
  elements: 2_000_000,
  /** Bytes of text and data after every reference of a binary list was followed. */
  expandedBytes: 64 * 1024 * 1024,
} as const;
