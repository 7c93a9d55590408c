import { createHash } from "node:crypto";
import type { PlistDictionary } from "../plist/plist-value";
import { identityPayload, type ProfileIdentity } from "./identity-payload";
import type { ManagementTerms } from "./management-terms";

export interface EnrollmentProfileInput {
  /** Decides on the device whether a profile is added or replaced. */
  identifier: string;
  displayName: string;
  organization: string;
  description: string;
  uuids: { profile: string; identity: string };
  terms: ManagementTerms;
  identity: ProfileIdentity;
  /** Root certificates, DER: what the device needs to trust this server. */
  anchors: readonly Uint8Array[];
}

/** The profile that enrolls a device, or renews its identity in place (Apple's schema: TopLevel, com.apple.mdm). */
export function enrollmentProfile(input: EnrollmentProfileInput): PlistDictionary {
  return profileWith(input, [mdmPayload(input)]);
}

/** The profile that brings an identity and nothing else: phase 2 of the OTA profile service. */
export function identityProfile(input: Omit<EnrollmentProfileInput, "terms">): PlistDictionary {
  return profileWith(input, []);
}

function profileWith(input: Omit<EnrollmentProfileInput, "terms">, further: PlistDictionary[]): PlistDictionary {
  const identity = identityPayload(input.identity);
  return {
    ...payload("Configuration", input.identifier, input.uuids.profile, input.displayName),
    PayloadOrganization: input.organization,
    PayloadDescription: input.description,
    PayloadScope: "System",
    PayloadContent: [
      ...input.anchors.map((der, index) => rootPayload(input.identifier, der, index)),
      { ...payload(identity.type, `${input.identifier}.${identity.suffix}`, input.uuids.identity, "Device identity"), ...identity.keys },
      ...further,
    ],
  };
}

function mdmPayload({ identifier, uuids, terms }: EnrollmentProfileInput): PlistDictionary {
  return {
    ...payload("com.apple.mdm", `${identifier}.mdm`, terms.payloadUuid, "Device management"),
    IdentityCertificateUUID: uuids.identity,
    Topic: terms.topic,
    ServerURL: terms.serverUrl,
    CheckInURL: terms.checkinUrl,
    SignMessage: true,
    CheckOutWhenRemoved: true,
    ...(terms.accessRights === null ? {} : { AccessRights: terms.accessRights }),
    ...(terms.account === null ? {} : { EnrollmentMode: terms.account.mode, AssignedManagedAppleID: terms.account.managedAppleAccount }),
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
