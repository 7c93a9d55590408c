import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { parse } from "yaml";
import type { PlistType, SchemaCommand, SchemaKey, SystemFacts, SystemName, Systems } from "@/lib/protocol/commands/schema-facts";

/** What YAML gives when every scalar is read as text; a number would make 10.10 of a version into 10.1. */
type Yaml = string | null | Yaml[] | { [key: string]: Yaml };

const SYSTEMS: readonly SystemName[] = ["iOS", "macOS", "tvOS", "visionOS", "watchOS"];

/** Bits of AccessRights by the names that the command schema uses, which differ from file to file. */
const RIGHTS: Readonly<Record<string, number>> = {
  AllowInspection: 1,
  AllowInstallationRemoval: 2,
  AllowPasscodeRemovalAndLock: 4,
  DeviceLockAndRemovePasscode: 4,
  AllowDeviceErase: 8,
  AllowQueryDeviceInformation: 16,
  AllowQueryNetworkInformation: 32,
  AllowProvisioningInspection: 64,
  AllowProvisioningInstallationRemoval: 128,
  AllowQueryApplications: 256,
  QueryInstalledApps: 256,
  AllowQueryRestrictions: 512,
  AllowQuerySecurity: 1024,
  AllowSettings: 2048,
  AllowAppInstallation: 4096,
  None: 0,
  "n/a": 0,
  /** DeviceInformation: each query has its own. */
  "Special Case": 0,
};

/** Every command of `folder` (Apple's mdm/commands), by request type. @throws Error for a word this reader does not know */
export function readCommandSchema(folder: string): SchemaCommand[] {
  return readdirSync(folder)
    .filter((file) => file.endsWith(".yaml"))
    .map((file) => commandOf(record(parse(readFileSync(path.join(folder, file), "utf8"), { schema: "failsafe" }))))
    .toSorted((a, b) => (a.requestType < b.requestType ? -1 : 1));
}

function commandOf(file: Record<string, Yaml>): SchemaCommand {
  const payload = record(file["payload"]);
  return { requestType: text(payload["requesttype"]), systems: systemsOf(payload["supportedOS"]) ?? {}, keys: keysOf(file["payloadkeys"]) };
}

function keysOf(list: Yaml | undefined): SchemaKey[] {
  return (Array.isArray(list) ? list : []).map((item) => keyOf(record(item)));
}

function keyOf(item: Record<string, Yaml>): SchemaKey {
  const type = text(item["type"]).replace(/[<>]/g, "") as PlistType;
  const systems = systemsOf(item["supportedOS"]);
  return {
    key: text(item["key"]),
    type,
    ...(item["presence"] === "required" ? { required: true as const } : {}),
    ...(Array.isArray(item["rangelist"]) ? { values: item["rangelist"].map((value) => (type === "string" ? text(value) : Number(value))) } : {}),
    ...(item["default"] === undefined ? {} : { default: defaultOf(type, text(item["default"])) }),
    ...(systems === null ? {} : { systems }),
    ...(Array.isArray(item["subkeys"]) ? { keys: keysOf(item["subkeys"]) } : {}),
  };
}

function defaultOf(type: PlistType, value: string): string | number | boolean {
  if (type === "boolean") return value === "true";
  return type === "integer" || type === "real" ? Number(value) : value;
}

function systemsOf(value: Yaml | undefined): Systems | null {
  if (value === undefined) return null;
  const given = record(value);
  const entries = SYSTEMS.filter((system) => given[system] !== undefined).map((system) => [system, factsOf(record(given[system]))] as const);
  return Object.fromEntries(entries);
}

function factsOf(given: Record<string, Yaml>): SystemFacts | null {
  if (given["introduced"] === "n/a") return null;
  const facts: SystemFacts = {};
  for (const key of ["introduced", "deprecated", "removed"] as const) if (given[key] !== undefined) facts[key] = text(given[key]);
  if (given["accessrights"] !== undefined) {
    const bits = RIGHTS[text(given["accessrights"])];
    if (bits === undefined) throw new Error(`unknown access right ${text(given["accessrights"])}`);
    if (bits > 0) facts.rights = bits;
  }
  assign(facts, "supervised", given["supervised"], false);
  assign(facts, "ade", given["requiresdep"], false);
  assign(facts, "deviceChannel", given["devicechannel"], true);
  assign(facts, "userChannel", given["userchannel"], false);
  const userEnrollment = modeOf(given["userenrollment"]);
  if (userEnrollment !== null) facts.userEnrollment = userEnrollment;
  const shared = given["sharedipad"];
  const sharedIpad = modeOf(shared);
  if (sharedIpad !== null) facts.sharedIpad = sharedIpad;
  if (shared !== undefined) {
    assign(facts, "sharedIpadDeviceChannel", record(shared)["devicechannel"], true);
    assign(facts, "sharedIpadUserChannel", record(shared)["userchannel"], false);
  }
  return facts;
}

type Flag = "supervised" | "ade" | "deviceChannel" | "userChannel" | "sharedIpadDeviceChannel" | "sharedIpadUserChannel";

/** What Apple assumes anyway is not written down. */
function assign(facts: SystemFacts, flag: Flag, value: Yaml | undefined, assumed: boolean): void {
  if (value !== undefined && (value === "true") !== assumed) facts[flag] = value === "true";
}

function modeOf(value: Yaml | undefined): "forbidden" | "required" | "ignored" | null {
  const mode = value === undefined ? undefined : record(value)["mode"];
  if (mode === undefined || mode === "allowed") return null;
  if (mode === "forbidden" || mode === "required" || mode === "ignored") return mode;
  throw new Error(`unknown mode ${JSON.stringify(mode)}`);
}

function record(value: unknown): Record<string, Yaml> {
  if (typeof value !== "object" || value === null || Array.isArray(value)) throw new Error("the schema has no dictionary where one is due");
  return value as Record<string, Yaml>;
}

function text(value: Yaml | undefined): string {
  if (typeof value !== "string") throw new Error("the schema has no text where one is due");
  return value;
}
