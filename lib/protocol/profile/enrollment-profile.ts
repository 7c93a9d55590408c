import { createHash } from "node:crypto";
import type { PlistDictionary, PlistValue } from "../plist/plist-value";

export interface EnrollmentProfileInput {
  /** Decides on the device whether a profile is added or replaced. */
  identifier: string;
  displayName: string;
  organization: string;
  description: string;
  uuids: { profile: string; scep: string; mdm: string };
  /** Where commands are fetched; like checkinUrl and topic it can never be changed in place. */
  serverUrl: string;
  checkinUrl: string;
  topic: string;
  scep: {
    url: string;
    /** Comes back as `message` of GetCACert. */
    name: string;
    challenge: string;
    subject: { organization: string; commonName: string };
  };
  /** Root certificates, DER: what the device needs to trust this server. */
  anchors: readonly Uint8Array[];
  /** Null in User Enrollment, which has rights of its own and refuses the key. */
  accessRights: number | null;
  /** Account-driven enrollment: what the person has signed in to, and as whom. Null otherwise. */
  account: { mode: EnrollmentMode; managedAppleAccount: string } | null;
}

/** EnrollmentMode of account-driven enrollment: User Enrollment, or Device Enrollment. */
export type EnrollmentMode = "BYOD" | "ADDE";

/** Key Usage of the SCEP payload: 1 signs, 4 encrypts. */
const SIGN_AND_ENCRYPT = 5;

/** The profile that enrolls a device with an identity by SCEP (Apple's schema: TopLevel, com.apple.security.scep, com.apple.mdm). */
export function enrollmentProfile(input: EnrollmentProfileInput): PlistDictionary {
  return {
    ...payload("Configuration", input.identifier, input.uuids.profile, input.displayName),
    PayloadOrganization: input.organization,
    PayloadDescription: input.description,
    PayloadScope: "System",
    PayloadContent: [
      ...input.anchors.map((der, index) => rootPayload(input.identifier, der, index)),
      scepPayload(input),
      mdmPayload(input),
    ],
  };
}

function scepPayload({ identifier, uuids, scep }: EnrollmentProfileInput): PlistDictionary {
  return {
    ...payload("com.apple.security.scep", `${identifier}.scep`, uuids.scep, "Device identity"),
    PayloadContent: {
      URL: scep.url,
      Name: scep.name,
      Subject: [relativeName("O", scep.subject.organization), relativeName("CN", scep.subject.commonName)],
      Challenge: scep.challenge,
      Keysize: 2048,
      "Key Type": "RSA",
      "Key Usage": SIGN_AND_ENCRYPT,
      KeyIsExtractable: false,
      Retries: 3,
      RetryDelay: 10,
    },
  };
}

function mdmPayload(input: EnrollmentProfileInput): PlistDictionary {
  return {
    ...payload("com.apple.mdm", `${input.identifier}.mdm`, input.uuids.mdm, "Device management"),
    IdentityCertificateUUID: input.uuids.scep,
    Topic: input.topic,
    ServerURL: input.serverUrl,
    CheckInURL: input.checkinUrl,
    SignMessage: true,
    CheckOutWhenRemoved: true,
    ...(input.accessRights === null ? {} : { AccessRights: input.accessRights }),
    ...(input.account === null ? {} : { EnrollmentMode: input.account.mode, AssignedManagedAppleID: input.account.managedAppleAccount }),
    ServerCapabilities: ["com.apple.mdm.per-user-connections", "com.apple.mdm.bootstraptoken", "com.apple.mdm.token"],
  };
}

/** The UUID follows from the certificate: a renewed profile replaces the payload and does not add another. */
function rootPayload(identifier: string, der: Uint8Array, index: number): PlistDictionary {
  const hash = createHash("sha256").update(der).digest("hex").toUpperCase();
  const uuid = [hash.slice(0, 8), hash.slice(8, 12), `8${hash.slice(13, 16)}`, `8${hash.slice(17, 20)}`, hash.slice(20, 32)].join("-");
  return { ...payload("com.apple.security.root", `${identifier}.root.${index + 1}`, uuid, "Server trust"), PayloadContent: der };
}

function payload(type: string, identifier: string, uuid: string, displayName: string): PlistDictionary {
  return { PayloadType: type, PayloadVersion: 1, PayloadIdentifier: identifier, PayloadUUID: uuid, PayloadDisplayName: displayName };
}

function relativeName(type: string, value: string): PlistValue[] {
  return [[type, value]];
}
