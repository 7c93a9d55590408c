import { arrayField, booleanField, dictionaryField, textField } from "../plist/plist-fields";
import { isDictionary, type PlistDictionary } from "../plist/plist-value";
import { maskSecrets } from "./mask-secrets";
import { plistToJson, type Json } from "./plist-to-json";

/** The key of the answer under which each question is answered. */
const ANSWER_KEYS: ReadonlyMap<string, string> = new Map([
  ["DeviceInformation", "QueryResponses"],
  ["SecurityInfo", "SecurityInfo"],
  ["ProfileList", "ProfileList"],
  ["InstalledApplicationList", "InstalledApplicationList"],
  ["CertificateList", "CertificateList"],
]);

/**
 * What an answer tells of the device, as JSON by Apple's key names with secrets masked; null for other commands and
 * for answers without it. An answer to a question that was narrowed (Queries, ManagedOnly, Identifiers) tells only a part.
 */
export function inventoryOf(requestType: string, body: PlistDictionary): { kind: string; value: Json } | null {
  const key = ANSWER_KEYS.get(requestType);
  const value = key === undefined ? undefined : body[key];
  if (!Array.isArray(value) && !isDictionary(value)) return null;
  return { kind: requestType, value: plistToJson(maskSecrets(value)) };
}

export interface DeviceFacts {
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

/** The facts of the device record that an answer holds; what it does not tell is left out. */
export function deviceFacts(requestType: string, body: PlistDictionary): Partial<DeviceFacts> {
  const answers = requestType === "DeviceInformation" ? dictionaryField(body, "QueryResponses") : null;
  if (answers === null) return {};
  const facts = {
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
