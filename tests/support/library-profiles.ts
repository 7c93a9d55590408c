import { randomUUID } from "node:crypto";
import type { PlistDictionary } from "@/lib/protocol/plist/plist-value";
import { writePlist } from "@/lib/protocol/plist/write-plist";

export const WIFI_PASSWORD = "correct horse battery staple";

/** A Wi-Fi payload without a fault. */
export function wifiPayload(identifier: string, changes: PlistDictionary = {}): PlistDictionary {
  return {
    PayloadType: "com.apple.wifi.managed", PayloadVersion: 1, PayloadIdentifier: `${identifier}.wifi`, PayloadUUID: randomUUID().toUpperCase(),
    PayloadDisplayName: "Office", SSID_STR: "Office", EncryptionType: "WPA2", Password: WIFI_PASSWORD, AutoJoin: true, ...changes,
  };
}

/** A configuration profile without a fault, around these payloads. */
export function wifiProfile(identifier: string, changes: PlistDictionary = {}, payload: PlistDictionary = {}): PlistDictionary {
  return {
    PayloadType: "Configuration", PayloadVersion: 1, PayloadIdentifier: identifier, PayloadUUID: randomUUID().toUpperCase(), PayloadDisplayName: "Office network",
    PayloadContent: [wifiPayload(identifier, payload)], ...changes,
  };
}

/** The file of a profile, as the API takes it. */
export const fileOf = (profile: PlistDictionary): string => Buffer.from(writePlist(profile)).toString("base64");
