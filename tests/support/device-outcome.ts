import type { PlistDictionary, PlistValue } from "@/lib/protocol/plist/plist-value";
import type { ConfigurationProfile } from "./configuration-profile";
import type { DeviceError } from "./device-error";
import type { DeviceState } from "./device-state";

/** What happens to the device besides the report. */
export type Aftermath = "remove-management" | "erase" | "restart" | "shut-down" | { replaceEnrollment: ConfigurationProfile };

/** What a command did. A non-empty `errors` makes the status Error. */
export interface Outcome {
  body: PlistDictionary;
  errors: readonly DeviceError[];
  aftermath: Aftermath | null;
}

export type Perform = (state: DeviceState, parameters: PlistDictionary) => Outcome;

export function done(body: PlistDictionary = {}, aftermath: Aftermath | null = null): Outcome {
  return { body, errors: [], aftermath };
}

export function failed(...errors: DeviceError[]): Outcome {
  return { body: {}, errors, aftermath: null };
}

export function texts(value: PlistValue | undefined): string[] {
  return Array.isArray(value) ? value.filter((item) => typeof item === "string") : [];
}
