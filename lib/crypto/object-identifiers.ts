/** Object identifiers by use, and the algorithms this server takes. */
export const OID = {
  data: "1.2.840.113549.1.7.1",
  signedData: "1.2.840.113549.1.7.2",
  envelopedData: "1.2.840.113549.1.7.3",
  contentType: "1.2.840.113549.1.9.3",
  messageDigest: "1.2.840.113549.1.9.4",
  signingTime: "1.2.840.113549.1.9.5",
  challengePassword: "1.2.840.113549.1.9.7",
  rsaEncryption: "1.2.840.113549.1.1.1",
  commonName: "2.5.4.3",
  userId: "0.9.2342.19200300.100.1.1",
  keyUsage: "2.5.29.15",
} as const;

/** Signed attributes of SCEP (RFC 8894 section 3.2.1). */
export const SCEP_OID = {
  messageType: "2.16.840.1.113733.1.9.2",
  pkiStatus: "2.16.840.1.113733.1.9.3",
  failInfo: "2.16.840.1.113733.1.9.4",
  senderNonce: "2.16.840.1.113733.1.9.5",
  recipientNonce: "2.16.840.1.113733.1.9.6",
  transactionId: "2.16.840.1.113733.1.9.7",
} as const;

/** SHA-1 stays: it is what devices put under Mdm-Signature. Nobody gains by a collision in a message he signs himself. */
export const DIGEST_OIDS = {
  sha1: "1.3.14.3.2.26",
  sha256: "2.16.840.1.101.3.4.2.1",
  sha384: "2.16.840.1.101.3.4.2.2",
  sha512: "2.16.840.1.101.3.4.2.3",
} as const;
export type Digest = keyof typeof DIGEST_OIDS;

const DIGESTS: ReadonlyMap<string, Digest> = new Map(
  (Object.keys(DIGEST_OIDS) as Digest[]).map((digest) => [DIGEST_OIDS[digest], digest]),
);

/** Null for a digest this server does not take. */
export function digestOfOid(oid: string): Digest | null {
  return DIGESTS.get(oid) ?? null;
}

interface SignatureAlgorithm {
  keyType: "rsa" | "ec";
  /** Null where the digest is named beside the signature. */
  digest: Digest | null;
}

/** PKCS #1 v1.5 and ECDSA (RFC 3279, RFC 5758). */
export const SIGNATURE_ALGORITHMS: ReadonlyMap<string, SignatureAlgorithm> = new Map([
  [OID.rsaEncryption, { keyType: "rsa", digest: null }],
  ["1.2.840.113549.1.1.5", { keyType: "rsa", digest: "sha1" }],
  ["1.2.840.113549.1.1.11", { keyType: "rsa", digest: "sha256" }],
  ["1.2.840.113549.1.1.12", { keyType: "rsa", digest: "sha384" }],
  ["1.2.840.113549.1.1.13", { keyType: "rsa", digest: "sha512" }],
  ["1.2.840.10045.2.1", { keyType: "ec", digest: null }],
  ["1.2.840.10045.4.1", { keyType: "ec", digest: "sha1" }],
  ["1.2.840.10045.4.3.2", { keyType: "ec", digest: "sha256" }],
  ["1.2.840.10045.4.3.3", { keyType: "ec", digest: "sha384" }],
  ["1.2.840.10045.4.3.4", { keyType: "ec", digest: "sha512" }],
]);

/** The identifier to write for ECDSA with this digest. */
export const ECDSA_OIDS: Readonly<Record<Digest, string>> = {
  sha1: "1.2.840.10045.4.1",
  sha256: "1.2.840.10045.4.3.2",
  sha384: "1.2.840.10045.4.3.3",
  sha512: "1.2.840.10045.4.3.4",
};
