/** The systems Apple's schema tells apart; iOS stands for iPadOS too. */
export type SystemName = "iOS" | "macOS" | "tvOS" | "visionOS" | "watchOS";

export type PlistType = "string" | "integer" | "real" | "boolean" | "date" | "data" | "array" | "dictionary" | "any";

/** Where Apple's schema allows something on one system. What is left out is as for the thing around it. */
export interface SystemFacts {
  /** Versions are text: 10.9 comes before 10.10. */
  introduced?: string;
  deprecated?: string;
  /** The first version without it. */
  removed?: string;
  /** Bits of AccessRights that the enrollment must have (Apple, "MDM" payload). */
  rights?: number;
  supervised?: boolean;
  /** Only devices that enrolled by Automated Device Enrollment. */
  ade?: boolean;
  /** Left out: the device channel takes it, the user channel does not. */
  deviceChannel?: boolean;
  userChannel?: boolean;
  userEnrollment?: "forbidden" | "required" | "ignored";
  sharedIpad?: "forbidden" | "required" | "ignored";
  sharedIpadDeviceChannel?: boolean;
  sharedIpadUserChannel?: boolean;
}

/** Null: the system does not have it at all. A system that is not named has what the thing around it has there. */
export type Systems = Partial<Record<SystemName, SystemFacts | null>>;

/** One key of Apple's schema. */
export interface SchemaKey {
  key: string;
  type: PlistType;
  required?: true;
  values?: readonly (string | number)[];
  default?: string | number | boolean;
  systems?: Systems;
  /** The keys of a dictionary, or what the items of an array may be. */
  keys?: readonly SchemaKey[];
}

/** One command of Apple's schema: facts only. */
export interface SchemaCommand {
  requestType: string;
  systems: Systems;
  keys: readonly SchemaKey[];
}
