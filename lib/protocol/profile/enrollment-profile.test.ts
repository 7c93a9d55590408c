import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { isDictionary, type PlistDictionary, type PlistValue } from "../plist/plist-value";
import { readPlist } from "../plist/read-plist";
import { writePlist } from "../plist/write-plist";
import { enrollmentProfile, type EnrollmentProfileInput } from "./enrollment-profile";
import { installsProfile } from "./installs-profile";
import { PROFILE_IDENTIFIER } from "./profile-identifier";

const SAMPLE = join(import.meta.dirname, "../../../../shared/protocol/profiles/enroll-scep.mobileconfig");

const INPUT: EnrollmentProfileInput = {
  identifier: PROFILE_IDENTIFIER,
  displayName: "Device management",
  organization: "Example & Co",
  description: "Lets Example & Co manage this device.",
  uuids: { profile: "11111111-1111-4111-8111-111111111111", identity: "22222222-2222-4222-8222-222222222222" },
  terms: {
    payloadUuid: "33333333-3333-4333-8333-333333333333",
    serverUrl: "https://mdm.example.org/mdm/connect",
    checkinUrl: "https://mdm.example.org/mdm/checkin",
    topic: "com.apple.mgmt.External.muster-test",
    accessRights: 8191,
    account: null,
  },
  identity: { kind: "scep", url: "https://mdm.example.org/scep", name: "device-ca", challenge: "once", subject: { organization: "Example & Co", commonName: "enrollment 1" } },
  anchors: [new Uint8Array([0x30, 0x01]), new Uint8Array([0x30, 0x02])],
};

function payloads(profile: PlistValue): PlistDictionary[] {
  if (!isDictionary(profile) || !Array.isArray(profile.PayloadContent)) throw new Error("not a profile");
  return profile.PayloadContent.filter(isDictionary);
}

test("the profile holds trust, identity and management, in this order", () => {
  const [first, second, scep, mdm] = payloads(enrollmentProfile(INPUT));
  expect(first).toMatchObject({ PayloadType: "com.apple.security.root", PayloadIdentifier: `${PROFILE_IDENTIFIER}.root.1`, PayloadContent: INPUT.anchors[0] });
  expect(second).toMatchObject({ PayloadType: "com.apple.security.root", PayloadContent: INPUT.anchors[1] });
  expect(scep).toMatchObject({
    PayloadType: "com.apple.security.scep",
    PayloadUUID: INPUT.uuids.identity,
    PayloadContent: {
      URL: "https://mdm.example.org/scep",
      Name: "device-ca",
      Subject: [[["O", "Example & Co"]], [["CN", "enrollment 1"]]],
      Challenge: "once",
      Keysize: 2048,
      "Key Type": "RSA",
      "Key Usage": 5,
      KeyIsExtractable: false,
      Retries: 3,
      RetryDelay: 10,
    },
  });
  expect(mdm).toMatchObject({
    PayloadType: "com.apple.mdm",
    IdentityCertificateUUID: INPUT.uuids.identity,
    Topic: INPUT.terms.topic,
    ServerURL: INPUT.terms.serverUrl,
    CheckInURL: INPUT.terms.checkinUrl,
    SignMessage: true,
    CheckOutWhenRemoved: true,
    AccessRights: 8191,
    ServerCapabilities: ["com.apple.mdm.per-user-connections", "com.apple.mdm.bootstraptoken", "com.apple.mdm.token"],
  });
});

test("an identity by ACME asks for a key of the Secure Enclave that Apple vouches for", () => {
  const identity = { kind: "acme", directoryUrl: "https://mdm.example.org/acme/directory", clientIdentifier: "once", subject: { organization: "Example & Co", commonName: "enrollment 1" } } as const;
  const acme = payloads(enrollmentProfile({ ...INPUT, identity })).at(-2);
  expect(acme).toMatchObject({
    PayloadType: "com.apple.security.acme", PayloadIdentifier: `${PROFILE_IDENTIFIER}.acme`, PayloadUUID: INPUT.uuids.identity,
    DirectoryURL: "https://mdm.example.org/acme/directory", ClientIdentifier: "once", KeyType: "ECSECPrimeRandom", KeySize: 384,
    HardwareBound: true, Attest: true, UsageFlags: 1, ExtendedKeyUsage: ["1.3.6.1.5.5.7.3.2"], Subject: [[["O", "Example & Co"]], [["CN", "enrollment 1"]]],
  });
});

test("a ready-made identity comes with its password", () => {
  const file = new Uint8Array([1, 2, 3]);
  const payload = payloads(enrollmentProfile({ ...INPUT, identity: { kind: "pkcs12", file, password: "open" } })).at(-2);
  expect(payload).toMatchObject({ PayloadType: "com.apple.security.pkcs12", PayloadUUID: INPUT.uuids.identity, PayloadContent: file, Password: "open" });
});

test("a User Enrollment names no access rights, and any account-driven one its mode and account", () => {
  const account = { mode: "BYOD", managedAppleAccount: "kim@example.org" } as const;
  const mdm = payloads(enrollmentProfile({ ...INPUT, terms: { ...INPUT.terms, accessRights: null, account } })).at(-1);
  expect(mdm).toMatchObject({ EnrollmentMode: "BYOD", AssignedManagedAppleID: "kim@example.org" });
  expect(mdm).not.toHaveProperty("AccessRights");
});

test("every payload has version, identifier and a UUID of its own", () => {
  const profile = enrollmentProfile(INPUT);
  const all = [profile, ...payloads(profile)];
  expect(new Set(all.map((payload) => payload.PayloadUUID)).size).toBe(5);
  expect(new Set(all.map((payload) => payload.PayloadIdentifier)).size).toBe(5);
  for (const payload of all) {
    expect(payload.PayloadVersion).toBe(1);
    expect(payload.PayloadUUID).toMatch(/^[0-9A-F]{8}-[0-9A-F]{4}-[48][0-9A-F]{3}-8[0-9A-F]{3}-[0-9A-F]{12}$/);
  }
  expect(profile).toMatchObject({ PayloadType: "Configuration", PayloadScope: "System", PayloadOrganization: "Example & Co" });
});

test("the same root has the same UUID in every profile", () => {
  expect(payloads(enrollmentProfile(INPUT))[1]).toEqual(payloads(enrollmentProfile(INPUT))[1]);
});

test("the profile survives being written and read", () => {
  const profile = enrollmentProfile(INPUT);
  expect(readPlist(new TextEncoder().encode(writePlist(profile)))).toEqual(profile);
});

test.skipIf(!existsSync(SAMPLE))("it has every key of the sample profile", () => {
  const sample = payloads(readPlist(readFileSync(SAMPLE)));
  for (const payload of payloads(enrollmentProfile(INPUT))) {
    const twin = sample.find((other) => other.PayloadType === payload.PayloadType) ?? {};
    expect(Object.keys(payload)).toEqual(expect.arrayContaining(Object.keys(twin)));
  }
});

test("our own enrollment profile is recognized, plain or inside a signature", () => {
  const plain = new TextEncoder().encode(writePlist(enrollmentProfile(INPUT)));
  const signed = new Uint8Array([0x30, 0x82, 0xff, 0x00, ...plain, 0xa0, 0x82, 0x30]);
  expect(installsProfile(plain, PROFILE_IDENTIFIER)).toBe(true);
  expect(installsProfile(signed, PROFILE_IDENTIFIER)).toBe(true);
  expect(installsProfile(new TextEncoder().encode(writePlist({ PayloadIdentifier: "org.example.wifi", PayloadDescription: PROFILE_IDENTIFIER })), PROFILE_IDENTIFIER)).toBe(false);
  expect(installsProfile(new TextEncoder().encode(`<plist><dict>${PROFILE_IDENTIFIER}`), PROFILE_IDENTIFIER)).toBe(true);
  expect(installsProfile(new Uint8Array([0x30, 0x80]), PROFILE_IDENTIFIER)).toBe(false);
});
