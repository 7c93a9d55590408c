import type { PlistDictionary, PlistValue } from "../plist/plist-value";

interface Subject {
  organization: string;
  commonName: string;
}

/** How the device comes by its identity (Apple's schema, com.apple.security.scep, .acme and .pkcs12). */
export type ProfileIdentity =
  | {
      kind: "scep";
      url: string;
      /** Comes back as `message` of GetCACert. */
      name: string;
      challenge: string;
      subject: Subject;
    }
  | { kind: "acme"; directoryUrl: string; clientIdentifier: string; subject: Subject }
  | { kind: "pkcs12"; file: Uint8Array; password: string };

/** Key Usage of the SCEP payload: 1 signs, 4 encrypts. */
const SIGN_AND_ENCRYPT = 5;
/** UsageFlags of the ACME payload. */
const SIGN = 1;
const CLIENT_AUTHENTICATION = "1.3.6.1.5.5.7.3.2";

/** Payload type and keys; a new identity gets the same PayloadIdentifier and another PayloadUUID, which makes the device fetch it anew. */
export function identityPayload(identity: ProfileIdentity): { type: string; suffix: string; keys: PlistDictionary } {
  switch (identity.kind) {
    case "scep":
      return { type: "com.apple.security.scep", suffix: "scep", keys: { PayloadContent: scepContent(identity) } };
    case "acme":
      return { type: "com.apple.security.acme", suffix: "acme", keys: acmeKeys(identity) };
    case "pkcs12":
      return { type: "com.apple.security.pkcs12", suffix: "pkcs12", keys: { PayloadContent: identity.file, Password: identity.password, PayloadCertificateFileName: "identity.p12" } };
  }
}

function scepContent({ url, name, challenge, subject }: ProfileIdentity & { kind: "scep" }): PlistDictionary {
  return {
    URL: url,
    Name: name,
    Subject: subjectOf(subject),
    Challenge: challenge,
    Keysize: 2048,
    "Key Type": "RSA",
    "Key Usage": SIGN_AND_ENCRYPT,
    KeyIsExtractable: false,
    Retries: 3,
    RetryDelay: 10,
  };
}

/** A key of the Secure Enclave, vouched for by Apple: P-384 is the longest it makes. Unlike SCEP's, these keys stand in the payload itself. */
function acmeKeys({ directoryUrl, clientIdentifier, subject }: ProfileIdentity & { kind: "acme" }): PlistDictionary {
  return {
    DirectoryURL: directoryUrl,
    ClientIdentifier: clientIdentifier,
    KeyType: "ECSECPrimeRandom",
    KeySize: 384,
    HardwareBound: true,
    Attest: true,
    Subject: subjectOf(subject),
    UsageFlags: SIGN,
    ExtendedKeyUsage: [CLIENT_AUTHENTICATION],
  };
}

function subjectOf({ organization, commonName }: Subject): PlistValue[] {
  return [[["O", organization]], [["CN", commonName]]];
}
