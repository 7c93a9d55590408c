import { COMMAND_SCHEMA } from "../generated/command-schema";
import type { SchemaCommand, SchemaKey, Systems } from "./schema-facts";

/** Not on any system but those named. */
const NOWHERE: Systems = { iOS: null, macOS: null, tvOS: null, visionOS: null, watchOS: null };

const LOG_COLLECTION: Systems = {
  ...NOWHERE,
  iOS: { introduced: "27.0", supervised: true, userEnrollment: "forbidden" },
  macOS: { introduced: "27.0", supervised: true, deviceChannel: false, userChannel: true, userEnrollment: "forbidden" },
  tvOS: { introduced: "27.0", supervised: true },
};

const COMMANDS_OF_27: readonly SchemaCommand[] = [
  { requestType: "CancelEnhancedLogCollection", systems: LOG_COLLECTION, keys: [] },
  { requestType: "TriggerEnhancedLogCollection", systems: LOG_COLLECTION, keys: [{ key: "AppleCareToken", type: "string", required: true }] },
];

/** Gone on the 27 systems; declarations do their work. */
const ENDS_AT_27: ReadonlySet<string> = new Set(["AvailableOSUpdates", "OSUpdateStatus", "ScheduleOSUpdate", "ScheduleOSUpdateScan"]);

/** Keys that came after 18.1, by the place they stand in. */
const NEWER_KEYS: ReadonlyMap<string, readonly SchemaKey[]> = new Map<string, readonly SchemaKey[]>([
  ["EraseDevice.ReturnToService", [
    { key: "BootstrapToken", type: "data", systems: { ...NOWHERE, iOS: { introduced: "26.0" }, visionOS: { introduced: "26.0" } } },
    { key: "ShouldRetryEnrollment", type: "boolean", systems: { ...NOWHERE, iOS: { introduced: "27.0" } } },
  ]],
  ["Settings.Settings.MDMOptions.MDMOptions", [
    { key: "IdleRebootAllowed", type: "boolean", default: false, systems: { ...NOWHERE, iOS: { introduced: "18.4", supervised: true } } },
  ]],
  ["Settings.Settings", [
    {
      key: "DefaultApplications",
      type: "dictionary",
      systems: {
        ...NOWHERE,
        iOS: { introduced: "18.2", userEnrollment: "forbidden", sharedIpadDeviceChannel: false, sharedIpadUserChannel: true },
        visionOS: { introduced: "2.2", userEnrollment: "forbidden" },
      },
      keys: [
        { key: "Item", type: "string", required: true, values: ["DefaultApplications"] },
        { key: "WebBrowser", type: "string" },
        { key: "Calling", type: "string", systems: { iOS: { introduced: "26.0" }, visionOS: null } },
        { key: "Messaging", type: "string", systems: { iOS: { introduced: "26.0" }, visionOS: null } },
      ],
    },
  ]],
]);

/** Gone at 27 inside a command that stays. */
const KEYS_ENDING_AT_27: ReadonlySet<string> = new Set(["Settings.Settings.SoftwareUpdateSettings"]);

/** Apple's schema of iOS 18.1 with what later ones have changed (schema of 18.2, 18.4, 26.0 and 27.0). */
export const SCHEMA: readonly SchemaCommand[] = [...COMMAND_SCHEMA.map(renewed), ...COMMANDS_OF_27];

function renewed(command: SchemaCommand): SchemaCommand {
  return {
    ...command,
    systems: ENDS_AT_27.has(command.requestType) ? endedAt27(command.systems) : command.systems,
    keys: renewedKeys(command.keys, command.requestType),
  };
}

function renewedKeys(keys: readonly SchemaKey[], place: string): SchemaKey[] {
  const old = keys.map((key) => {
    const path = `${place}.${key.key}`;
    return {
      ...key,
      ...(KEYS_ENDING_AT_27.has(path) ? { systems: endedAt27(key.systems ?? {}) } : {}),
      ...(key.keys === undefined ? {} : { keys: renewedKeys(key.keys, path) }),
    };
  });
  return [...old, ...(NEWER_KEYS.get(place) ?? [])];
}

function endedAt27(systems: Systems): Systems {
  return Object.fromEntries(Object.entries(systems).map(([system, facts]) => [system, facts === null ? null : { ...facts, removed: "27.0" }]));
}
