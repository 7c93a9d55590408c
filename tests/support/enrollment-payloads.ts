import type { PlistDictionary, PlistValue } from "@/lib/protocol/plist/plist-value";
import { asDictionary, textAt, type ConfigurationProfile } from "./configuration-profile";

/** com.apple.mdm */
export interface MdmPayload {
  serverUrl: string;
  checkInUrl: string;
  topic: string;
  signMessage: boolean;
  checkOutWhenRemoved: boolean;
}

/** com.apple.security.scep */
export interface ScepPayload {
  url: string;
  /** Sent as `message` of GetCACert. */
  name: string;
  /** Pairs of attribute type and value, in order. */
  subject: [type: string, value: string][];
  challenge: string | null;
  keySize: number;
}

/** com.apple.security.pkcs12 */
export interface Pkcs12Payload {
  file: Buffer;
  password: string;
}

/** com.apple.security.acme */
export interface AcmePayload {
  directoryUrl: string;
  clientIdentifier: string;
  keySize: number;
}

export type IdentityPayload = ({ kind: "scep" } & ScepPayload) | ({ kind: "acme" } & AcmePayload) | ({ kind: "pkcs12" } & Pkcs12Payload);

export interface EnrollmentPayloads {
  mdm: MdmPayload;
  identityPayload: IdentityPayload;
  /** DER certificates the profile makes the device trust. */
  roots: Buffer[];
}

/** The payloads that make a profile an enrollment profile; null when it has no MDM payload. */
export function enrollmentPayloads(profile: ConfigurationProfile): EnrollmentPayloads | null {
  const mdm = profile.payloads.find((payload) => payload["PayloadType"] === "com.apple.mdm");
  if (mdm === undefined) return null;
  const identityUuid = textAt(mdm, "IdentityCertificateUUID");
  const identity = profile.payloads.find((payload) => payload["PayloadUUID"] === identityUuid);
  if (identity === undefined) throw new Error("the MDM payload names no identity of the profile");
  const roots = profile.payloads
    .filter((payload) => payload["PayloadType"] === "com.apple.security.root")
    .map((payload) => payload["PayloadContent"])
    .filter((content) => content instanceof Uint8Array)
    .map((content) => Buffer.from(content));
  return { mdm: readMdm(mdm), identityPayload: identityPayloadOf(identity), roots };
}

/** The identity a payload brings. @throws when it brings none */
export function identityPayloadOf(payload: PlistDictionary): IdentityPayload {
  const type = textAt(payload, "PayloadType");
  if (type === "com.apple.security.scep") return { kind: "scep", ...readScep(asDictionary(payload["PayloadContent"], "the SCEP payload")) };
  if (type === "com.apple.security.acme") return { kind: "acme", ...readAcme(payload) };
  if (type === "com.apple.security.pkcs12") return { kind: "pkcs12", ...readPkcs12(payload) };
  throw new Error(`no identity comes of ${type}`);
}

/** Apple's schema: what is attested must be bound to the hardware, and that only elliptic keys are. */
function readAcme(payload: PlistDictionary): AcmePayload {
  if (payload["Attest"] === true && (payload["HardwareBound"] !== true || payload["KeyType"] !== "ECSECPrimeRandom")) throw new Error("Attest wants a hardware-bound key");
  return { directoryUrl: textAt(payload, "DirectoryURL"), clientIdentifier: textAt(payload, "ClientIdentifier"), keySize: Number(payload["KeySize"]) };
}

function readPkcs12(payload: PlistDictionary): Pkcs12Payload {
  const content = payload["PayloadContent"];
  if (!(content instanceof Uint8Array)) throw new Error("the PKCS #12 payload is empty");
  return { file: Buffer.from(content), password: textAt(payload, "Password") };
}

function readMdm(payload: PlistDictionary): MdmPayload {
  const serverUrl = textAt(payload, "ServerURL");
  const topic = textAt(payload, "Topic");
  if (!topic.startsWith("com.apple.mgmt.")) throw new Error("a Topic begins with com.apple.mgmt.");
  const isUserEnrollment = payload["EnrollmentMode"] === "BYOD";
  if (isUserEnrollment && payload["AccessRights"] !== undefined) throw new Error("a User Enrollment takes no AccessRights");
  // MCMDMErrorDomain 12000: a device refuses a profile that grants it nothing.
  if (!isUserEnrollment && !(Number(payload["AccessRights"]) > 0)) throw new Error("the AccessRights are not valid");
  return {
    serverUrl,
    checkInUrl: payload["CheckInURL"] === undefined ? serverUrl : textAt(payload, "CheckInURL"),
    topic,
    signMessage: payload["SignMessage"] === true,
    checkOutWhenRemoved: payload["CheckOutWhenRemoved"] === true,
  };
}

function readScep(content: PlistDictionary): ScepPayload {
  const challenge = content["Challenge"];
  const name = content["Name"];
  return {
    url: textAt(content, "URL"),
    name: typeof name === "string" ? name : "",
    subject: readSubject(content["Subject"]),
    challenge: typeof challenge === "string" ? challenge : null,
    keySize: Number(content["Keysize"] ?? 1024),
  };
}

/** `[[["O","Example"]],[["CN","x"]]]`: an array of RDNs, each an array of pairs. */
function readSubject(value: PlistValue | undefined): [string, string][] {
  if (!Array.isArray(value)) return [];
  return value.flat().map((pair) => {
    const [type, text] = Array.isArray(pair) ? pair : [];
    if (typeof type !== "string" || typeof text !== "string") throw new Error("the Subject is not an array of pairs");
    return [type, text];
  });
}
