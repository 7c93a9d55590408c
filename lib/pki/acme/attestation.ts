import { readFile } from "node:fs/promises";
import { decode } from "cborg";
import { config } from "@/lib/config/config";
import type { AttestedHardware } from "@/lib/contracts/identities";
import { APPLE_ATTESTATION_ROOT_PEM } from "@/lib/crypto/apple-attestation-root";
import { chainToAnchor } from "@/lib/crypto/certificate-chain";
import { extensionValue, readCertificate, type Certificate } from "@/lib/crypto/certificate";
import { CryptoError } from "@/lib/crypto/crypto-error";
import { sha256 } from "@/lib/crypto/fingerprint";
import { pemToDer } from "@/lib/crypto/pem";

/** A key that sits in hardware which Apple vouches for. */
export interface Attestation {
  /** SHA-256 of the SubjectPublicKeyInfo, lower-case hex. */
  publicKeyHash: string;
  hardware: AttestedHardware;
}

/** Why an attestation does not count; the message is for admins and devices alike. */
export class AttestationRefused extends Error {
  override readonly name = "AttestationRefused";
}

/** Apple, "Validating a Managed Device Attestation": extensions 1.2.840.113635.100.8.… of the leaf. */
const OID = "1.2.840.113635.100.8.";
const MAX_BYTES = 64 * 1024;
const MAX_CERTIFICATES = 6;
const CURVES = new Set(["prime256v1", "secp384r1"]);
/** Our clock may be slow. */
const TOLERANCE_MS = 3_600_000;

/**
 * Judges the attestation object of device-attest-01 (draft-ietf-acme-device-attest section 5; WebAuthn, format "apple"): its chain
 * leads to Apple's root or to one of ATTESTATION_CA_FILE, and it was made for this token.
 * @throws AttestationRefused
 */
export async function readAttestation(object: Buffer, token: string, now = Date.now()): Promise<Attestation> {
  const [leaf, ...others] = chainOf(object);
  if (leaf === undefined) throw new AttestationRefused("the attestation holds no certificate");
  const chain = chainToAnchor(leaf, others, await attestationAuthorities());
  const root = chain?.at(-1);
  if (chain === null || root === undefined) throw new AttestationRefused("the attestation does not lead to an authority that is trusted here");
  if (chain.some(({ notBefore, notAfter }) => notBefore.getTime() - TOLERANCE_MS > now || notAfter.getTime() < now)) {
    throw new AttestationRefused("a certificate of the attestation has expired or is not yet valid");
  }
  const freshness = extensionValue(leaf, `${OID}11.1`);
  if (freshness === null || !freshness.equals(sha256(token))) throw new AttestationRefused("the attestation was made for another challenge");
  if (leaf.publicKey.asymmetricKeyType !== "ec" || !CURVES.has(leaf.publicKey.asymmetricKeyDetails?.namedCurve ?? "")) {
    throw new AttestationRefused("the attested key is neither P-256 nor P-384");
  }
  return { publicKeyHash: leaf.publicKeyHash, hardware: { ...hardwareOf(leaf), authority: root.subject, attestedAt: new Date(now).toISOString() } };
}

function chainOf(object: Buffer): Certificate[] {
  if (object.length > MAX_BYTES) throw new AttestationRefused("the attestation is too large");
  const statement = statementOf(object);
  if (statement.length > MAX_CERTIFICATES) throw new AttestationRefused("the attestation holds too many certificates");
  try {
    return statement.map((der) => readCertificate(der));
  } catch (cause) {
    if (!(cause instanceof CryptoError)) throw cause;
    throw new AttestationRefused("a certificate of the attestation cannot be read", { cause });
  }
}

/** `{fmt: "apple", attStmt: {x5c: [leaf, …]}}`; authData may be there and says nothing. */
function statementOf(object: Buffer): Buffer[] {
  let decoded: unknown;
  try {
    decoded = decode(object, { useMaps: true, strict: false, rejectDuplicateMapKeys: true });
  } catch (cause) {
    throw new AttestationRefused("the attestation is no CBOR", { cause });
  }
  if (!(decoded instanceof Map) || decoded.get("fmt") !== "apple") throw new AttestationRefused('the attestation is not of the format "apple"');
  const statement: unknown = decoded.get("attStmt");
  const x5c: unknown = statement instanceof Map ? statement.get("x5c") : null;
  if (!Array.isArray(x5c)) throw new AttestationRefused("the attestation holds no chain");
  return x5c.map((der: unknown) => {
    if (der instanceof Uint8Array) return Buffer.from(der);
    throw new AttestationRefused("the attestation holds something that is no certificate");
  });
}

/** What is missing or blank Apple could not verify. */
function hardwareOf(leaf: Certificate): Omit<AttestedHardware, "authority" | "attestedAt"> {
  const text = (arc: string): string | null => extensionValue(leaf, OID + arc)?.toString("utf8").trim() || null;
  const flag = (arc: string): boolean | null => {
    const value = extensionValue(leaf, OID + arc);
    return value === null || value.length === 0 ? null : !/^(?:\0|0)$/.test(value.toString("latin1"));
  };
  const disabled = flag("13.1");
  return {
    serialNumber: text("9.1"), udid: text("9.2"), softwareUpdateDeviceId: text("9.4"),
    osVersion: text("10.1"), sepOsVersion: text("10.2"), llbVersion: text("10.3"),
    systemIntegrityProtection: disabled === null ? null : !disabled, secureBoot: text("13.2"), thirdPartyKernelExtensions: flag("13.3"),
  };
}

async function attestationAuthorities(): Promise<Certificate[]> {
  const { attestationCaFile } = config();
  const given = attestationCaFile === null ? "" : await readFile(attestationCaFile, "utf8");
  return pemToDer(APPLE_ATTESTATION_ROOT_PEM + given, "CERTIFICATE").map(readCertificate);
}
