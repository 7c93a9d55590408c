/** Where Apple offers a payload or a key. `introduced` is null where it is not offered, and left out where the parent's stands. */
export interface PayloadAvailability {
  introduced?: string | null;
  removed?: string;
  deprecated?: string;
  supervised?: true;
  /** Of a whole payload: false where it is taken on the other channel only. */
  deviceChannel?: false;
  userEnrollment?: "forbidden" | "ignored";
}

/** One key of a payload. The key "ANY" stands for every name. */
export interface PayloadKey {
  key: string;
  type: "string" | "integer" | "real" | "boolean" | "data" | "date" | "any" | "array" | "dictionary";
  required?: boolean;
  values?: readonly (string | number)[];
  os?: Readonly<Record<string, PayloadAvailability>>;
  /** Of an array: what it may hold. */
  items?: readonly PayloadKey[];
  /** Of a dictionary; without any, every key is taken. */
  keys?: readonly PayloadKey[];
}

/** One form of a payload type as Apple's schema describes it; some types have several. */
export interface PayloadForm {
  /** What Apple calls it. */
  title: string;
  os: Readonly<Record<string, PayloadAvailability>>;
  keys: readonly PayloadKey[];
}
