import { wordsFromKey } from "@/lib/client/text";

export interface Fact {
  /** Apple's key. */
  key: string;
  label: string;
  value: unknown;
}
export interface FactGroup {
  title: string;
  facts: Fact[];
}

/** Which of DeviceInformation's answers stand together; what is not named here comes last. */
const GROUPS: readonly (readonly [string, readonly string[]])[] = [
  ["Identity", ["DeviceName", "SerialNumber", "UDID", "ProvisioningUDID", "ModelName", "Model", "ModelNumber", "ProductName", "DeviceID", "EASDeviceIdentifier"]],
  ["System", ["OSVersion", "SupplementalOSVersionExtra", "BuildVersion", "SupplementalBuildVersion", "SoftwareUpdateDeviceID", "Languages", "Locales", "TimeZone", "LastCloudBackupDate"]],
  ["Hardware", ["DeviceCapacity", "AvailableDeviceCapacity", "BatteryLevel", "HasBattery", "IsAppleSilicon", "SupportsiOSAppInstalls", "SupportsLOMDevice", "CellularTechnology", "ModemFirmwareVersion"]],
  ["Network", ["HostName", "LocalHostName", "WiFiMAC", "BluetoothMAC", "EthernetMAC", "IMEI", "MEID", "EID", "PhoneNumber", "ServiceSubscriptions", "CurrentCarrierNetwork", "SubscriberCarrierNetwork", "SIMCarrierNetwork", "IsRoaming", "DataRoamingEnabled", "VoiceRoamingEnabled", "PersonalHotspotEnabled", "IsNetworkTethered"]],
  ["Management", ["IsSupervised", "IsMultiUser", "AwaitingConfiguration", "IsActivationLockEnabled", "IsActivationLockManageable", "IsDeviceLocatorServiceEnabled", "IsMDMLostModeEnabled", "IsDoNotDisturbInEffect", "IsCloudBackupEnabled", "iTunesStoreAccountIsActive", "OrganizationInfo", "DiagnosticSubmissionEnabled", "AppAnalyticsEnabled"]],
];

/** DeviceInformation's answers by subject, those of a later group that nobody placed included. */
export function groupFacts(answers: Record<string, unknown>): FactGroup[] {
  const left = new Map(Object.entries(answers));
  const groups = GROUPS.map(([title, keys]) => {
    const facts = keys.filter((key) => left.has(key)).map((key) => toFact(key, left.get(key)));
    for (const fact of facts) left.delete(fact.key);
    return { title, facts };
  });
  groups.push({ title: "Further answers", facts: [...left].map(([key, value]) => toFact(key, value)) });
  return groups.filter((group) => group.facts.length > 0);
}

/** A nested answer such as SecurityInfo's as groups: its plain values first, each record in it as a group of its own. */
export function groupNested(title: string, answers: Record<string, unknown>): FactGroup[] {
  const plain: Fact[] = [];
  const nested: FactGroup[] = [];
  for (const [key, value] of Object.entries(answers)) {
    const record = asRecord(value);
    if (record === null || "$data" in record) plain.push(toFact(key, value));
    else nested.push({ title: wordsFromKey(key), facts: Object.entries(record).map(([name, inner]) => toFact(name, inner)) });
  }
  return [{ title, facts: plain }, ...nested].filter((group) => group.facts.length > 0);
}

function toFact(key: string, value: unknown): Fact {
  return { key, label: wordsFromKey(key), value: readable(key, value) };
}

/** Apple's units in words: capacities are in gigabytes, a battery level is a fraction and -1 when it is not known. */
function readable(key: string, value: unknown): unknown {
  if (typeof value !== "number") return value;
  if (key.endsWith("DeviceCapacity")) return `${value.toLocaleString(undefined, { maximumFractionDigits: 1 })} GB`;
  if (key === "BatteryLevel") return value < 0 ? null : `${Math.round(value * 100)} %`;
  if (key === "CellularTechnology") return CELLULAR[value] ?? value;
  return value;
}

const CELLULAR: Record<number, string> = { 0: "none", 1: "GSM", 2: "CDMA", 3: "GSM and CDMA" };

export function asRecord(value: unknown): Record<string, unknown> | null {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : null;
}

/** The list an answer holds: the value itself, its member of that name, or its entries where it goes by identifiers. */
export function asRecords(value: unknown, member: string): Record<string, unknown>[] {
  const record = asRecord(value);
  const list = Array.isArray(value) ? value : record?.[member];
  if (Array.isArray(list)) return list.map(asRecord).filter((each) => each !== null);
  return Object.entries(asRecord(list) ?? record ?? {}).flatMap(([Identifier, entry]) => {
    const fields = asRecord(entry);
    return fields === null ? [] : [{ Identifier, ...fields }];
  });
}
