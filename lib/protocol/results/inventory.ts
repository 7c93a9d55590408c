import { arrayField, booleanField, dictionaryField, textField } from "../plist/plist-fields";
import { emptyDictionary, isDictionary, type PlistDictionary, type PlistValue } from "../plist/plist-value";
import { maskSecrets } from "./mask-secrets";
import { plistToJson, type Json } from "./plist-to-json";

interface AnswerSpec {
  /** The key of the answer that holds it; with several, a dictionary of those that are there. */
  keys: readonly string[];
  /** Each answer tells a part and is laid over what is known. */
  merge?: true;
  /** Of a list of apps: kept by their identifiers, so that parts can be laid over. */
  by?: string;
}

const LOCATION = ["Latitude", "Longitude", "HorizontalAccuracy", "VerticalAccuracy", "Altitude", "Speed", "Course", "Timestamp"];

/** Where each question is answered (Apple's schema, responsekeys). */
const ANSWERS: ReadonlyMap<string, AnswerSpec> = new Map<string, AnswerSpec>([
  ["DeviceInformation", { keys: ["QueryResponses"], merge: true }],
  ["SecurityInfo", { keys: ["SecurityInfo"] }],
  ["ProfileList", { keys: ["ProfileList"] }],
  ["InstalledApplicationList", { keys: ["InstalledApplicationList"] }],
  ["CertificateList", { keys: ["CertificateList"] }],
  ["ProvisioningProfileList", { keys: ["ProvisioningProfileList"] }],
  ["ManagedApplicationList", { keys: ["ManagedApplicationList"] }],
  ["ManagedApplicationAttributes", { keys: ["ApplicationAttributes"], by: "Identifier", merge: true }],
  ["ManagedApplicationConfiguration", { keys: ["ApplicationConfigurations"], by: "Identifier", merge: true }],
  ["ManagedApplicationFeedback", { keys: ["ManagedApplicationFeedback"], by: "Identifier", merge: true }],
  ["ManagedMediaList", { keys: ["Books"] }],
  ["UserList", { keys: ["Users"] }],
  ["AvailableOSUpdates", { keys: ["AvailableOSUpdates"] }],
  ["OSUpdateStatus", { keys: ["OSUpdateStatus"] }],
  ["Restrictions", { keys: ["GlobalRestrictions", "ProfileRestrictions"], merge: true }],
  ["NSExtensionMappings", { keys: ["Extensions"] }],
  ["ActiveNSExtensions", { keys: ["Extensions"] }],
  ["ContentCachingInformation", { keys: ["StatusResponse"] }],
  ["DeviceLocation", { keys: LOCATION }],
  ["LOMSetupRequest", { keys: ["PrimaryIPv6AddressList", "SecondaryIPv6AddressList", "LOMProtocolVersion"] }],
]);

export interface InventoryAnswer {
  /** The request type it answers. */
  kind: string;
  value: Json;
  /** To be laid over what is known, key by key; otherwise it takes its place. */
  merge: boolean;
}

/**
 * What an answer tells of the device, as JSON by Apple's key names with secrets masked; null for other commands and
 * for answers without it. An answer to a list that was narrowed (ManagedOnly, Identifiers) tells only a part.
 */
export function inventoryOf(requestType: string, body: PlistDictionary): InventoryAnswer | null {
  const spec = ANSWERS.get(requestType);
  if (spec === undefined) return null;
  const value = answerOf(spec, body);
  return value === null ? null : { kind: requestType, value: plistToJson(maskSecrets(value)), merge: spec.merge === true };
}

function answerOf({ keys, by }: AnswerSpec, body: PlistDictionary): PlistDictionary | PlistValue[] | null {
  const [key] = keys;
  if (key === undefined || keys.length > 1) {
    const found = emptyDictionary();
    for (const name of keys) if (body[name] !== undefined) found[name] = body[name];
    return Object.keys(found).length === 0 ? null : found;
  }
  const value = body[key];
  if (Array.isArray(value)) return by === undefined ? value : indexed(value, by);
  return isDictionary(value) ? value : null;
}

function indexed(list: readonly PlistValue[], by: string): PlistDictionary {
  const index = emptyDictionary();
  for (const item of list) {
    const name = isDictionary(item) ? textField(item, by) : null;
    if (name !== null) index[name] = item;
  }
  return index;
}

export interface DeviceFacts {
  udid: string;
  name: string;
  model: string;
  modelName: string;
  productName: string;
  osVersion: string;
  buildVersion: string;
  serialNumber: string;
  imei: string;
  meid: string;
  supervised: boolean;
}

/** The same as the record of a device has them; null is what the device has not told. */
export type RecordedFacts = { [K in keyof DeviceFacts]: DeviceFacts[K] | null };

/** The facts of the device record that an answer holds; what it does not tell is left out. */
export function deviceFacts(requestType: string, body: PlistDictionary): Partial<DeviceFacts> {
  const answers = requestType === "DeviceInformation" ? dictionaryField(body, "QueryResponses") : null;
  if (answers === null) return {};
  const facts = {
    udid: textField(answers, "UDID"),
    name: textField(answers, "DeviceName"),
    model: textField(answers, "Model"),
    modelName: textField(answers, "ModelName"),
    productName: textField(answers, "ProductName"),
    osVersion: textField(answers, "OSVersion"),
    buildVersion: textField(answers, "BuildVersion"),
    serialNumber: textField(answers, "SerialNumber"),
    imei: textField(answers, "IMEI") ?? ofSubscriptions(answers, "IMEI"),
    meid: textField(answers, "MEID") ?? ofSubscriptions(answers, "MEID"),
    supervised: booleanField(answers, "IsSupervised"),
  };
  return Object.fromEntries(Object.entries(facts).filter(([, fact]) => fact !== null));
}

/** Since iOS 16 these stand with the subscriptions; the first that has one tells it. */
function ofSubscriptions(answers: PlistDictionary, key: "IMEI" | "MEID"): string | null {
  for (const subscription of arrayField(answers, "ServiceSubscriptions") ?? []) {
    const text = isDictionary(subscription) ? textField(subscription, key) : null;
    if (text !== null) return text;
  }
  return null;
}
