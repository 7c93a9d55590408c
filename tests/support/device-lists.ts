import { X509Certificate } from "node:crypto";
import type { PlistDictionary } from "@/lib/protocol/plist/plist-value";
import type { ConfigurationProfile } from "./configuration-profile";
import type { DeviceState } from "./device-state";

const PROFILE_KEYS = ["PayloadVersion", "PayloadDisplayName", "PayloadOrganization", "PayloadDescription", "PayloadRemovalDisallowed"];
const PAYLOAD_KEYS = ["PayloadType", "PayloadVersion", "PayloadIdentifier", "PayloadUUID", "PayloadDisplayName", "PayloadDescription"];

/** ProfileList: the enrollment profile and everything installed by it. */
export function profileList(state: DeviceState): PlistDictionary[] {
  const all = state.management === null ? state.profiles : [state.management.profile, ...state.profiles];
  return all.map((profile) => describeProfile(profile, state));
}

function describeProfile(profile: ConfigurationProfile, state: DeviceState): PlistDictionary {
  const entry: PlistDictionary = {
    PayloadIdentifier: profile.identifier,
    PayloadUUID: profile.uuid,
    ...chosen(profile.content, PROFILE_KEYS),
    HasRemovalPasscode: false,
    IsEncrypted: false,
    SignerCertificates: profile.signer === null ? [] : [profile.signer],
    PayloadContent: profile.payloads.map((payload) => chosen(payload, PAYLOAD_KEYS)),
  };
  // macOS does not say it.
  if (state.hardware.model.family !== "Mac") entry["IsManaged"] = profile !== state.management?.profile;
  return entry;
}

/** CertificateList: our identity, the roots of the enrollment profile and of later profiles. */
export function certificateList(state: DeviceState): PlistDictionary[] {
  if (state.management === null) return [];
  const installed = state.profiles
    .flatMap((profile) => profile.payloads)
    .filter((payload) => payload["PayloadType"] === "com.apple.security.root" || payload["PayloadType"] === "com.apple.security.pkcs1")
    .map((payload) => payload["PayloadContent"])
    .filter((content) => content instanceof Uint8Array);
  return [
    describeCertificate(state.management.identity.certificate, true),
    ...[...state.management.roots, ...installed].map((der) => describeCertificate(Buffer.from(der), false)),
  ];
}

function describeCertificate(der: Buffer, isIdentity: boolean): PlistDictionary {
  const subject = new X509Certificate(der).subject;
  return { CommonName: /^CN=(.*)$/m.exec(subject)?.[1] ?? subject, IsIdentity: isIdentity, Data: der };
}

export function applicationList(state: DeviceState): PlistDictionary[] {
  return state.applications.map((application) => ({
    Identifier: application.identifier,
    Name: application.name,
    Version: application.version,
    ShortVersion: application.shortVersion,
    BundleSize: application.bundleSize,
    Installing: false,
  }));
}

function chosen(dictionary: PlistDictionary, keys: readonly string[]): PlistDictionary {
  return Object.fromEntries(Object.entries(dictionary).filter(([key]) => keys.includes(key)));
}
