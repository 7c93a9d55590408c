/**
 * A property list in memory. A number without a fraction is an <integer>, any other number a <real>; a bigint is an
 * <integer> beyond 2^53. Dictionaries that were read have no prototype, so that no key can reach one.
 */
export type PlistValue = string | number | bigint | boolean | Date | Uint8Array | PlistReal | PlistValue[] | PlistDictionary;

export interface PlistDictionary {
  [key: string]: PlistValue;
}

/** A <real> without a fraction: as a plain number it would turn into an <integer>, and devices mind the type. */
export class PlistReal {
  readonly value: number;

  constructor(value: number) {
    this.value = value;
  }
}

/** A dictionary whose keys cannot reach a prototype. */
export function emptyDictionary(): PlistDictionary {
  return Object.create(null) as PlistDictionary;
}

export function isDictionary(value: PlistValue | undefined): value is PlistDictionary {
  return (
    typeof value === "object" &&
    !Array.isArray(value) &&
    !(value instanceof Date) &&
    !(value instanceof Uint8Array) &&
    !(value instanceof PlistReal)
  );
}

/** A real number in the shape that is written as <real>. */
export function realOf(value: number): number | PlistReal {
  return Number.isInteger(value) ? new PlistReal(value) : value;
}
