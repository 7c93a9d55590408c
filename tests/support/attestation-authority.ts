import "reflect-metadata";
import { webcrypto, type KeyObject } from "node:crypto";
import * as x509 from "@peculiar/x509";
import { encode } from "cborg";
import { sha256 } from "@/lib/crypto/fingerprint";
import { temporaryFile } from "./temporary-file";

const P384 = { name: "ECDSA", namedCurve: "P-384", hash: "SHA-384" } as const;
const DAY_MS = 86_400_000;
const OID = "1.2.840.113635.100.8.";

/** What the stand-in vouches for. */
export interface AttestedFacts {
  serialNumber?: string;
  udid?: string;
  osVersion?: string;
}

/** Stands in for Apple's attestation service: a root, an authority below it, and leaves for the keys of devices. */
export class AttestationAuthority {
  private constructor(
    private readonly root: x509.X509Certificate,
    private readonly intermediate: x509.X509Certificate,
    private readonly key: webcrypto.CryptoKey,
  ) {}

  static async make(name = "Attestation stand-in"): Promise<AttestationAuthority> {
    const rootKeys = await generate();
    const keys = await generate();
    const root = await x509.X509CertificateGenerator.createSelfSigned({
      name: `CN=${name} root`, keys: rootKeys, signingAlgorithm: P384, ...validity(),
      extensions: [new x509.BasicConstraintsExtension(true, undefined, true)],
    });
    const intermediate = await x509.X509CertificateGenerator.create({
      subject: `CN=${name}`, issuer: root.subject, publicKey: keys.publicKey, signingKey: rootKeys.privateKey, signingAlgorithm: P384, ...validity(),
      extensions: [new x509.BasicConstraintsExtension(true, 0, true)],
    });
    return new AttestationAuthority(root, intermediate, keys.privateKey);
  }

  /** For ATTESTATION_CA_FILE. */
  writeFile(): string {
    return temporaryFile("attestation-root.pem", this.root.toString("pem"));
  }

  /** The attestation object of device-attest-01 for this key, fresh for the token. */
  async attest(publicKey: KeyObject, token: string, facts: AttestedFacts): Promise<Buffer> {
    const leaf = await x509.X509CertificateGenerator.create({
      subject: "CN=device", issuer: this.intermediate.subject, signingKey: this.key, signingAlgorithm: P384, ...validity(),
      publicKey: new x509.PublicKey(new Uint8Array(publicKey.export({ type: "spki", format: "der" }))),
      extensions: [
        ...Object.entries({ "9.1": facts.serialNumber, "9.2": facts.udid, "10.1": facts.osVersion }).flatMap(([arc, text]) =>
          text === undefined ? [] : [new x509.Extension(OID + arc, false, new TextEncoder().encode(text))],
        ),
        new x509.Extension(`${OID}11.1`, false, new Uint8Array(sha256(token))),
      ],
    });
    const x5c = [leaf, this.intermediate].map((certificate) => new Uint8Array(certificate.rawData));
    return Buffer.from(encode({ fmt: "apple", attStmt: { x5c } }));
  }
}

function validity(): { notBefore: Date; notAfter: Date } {
  return { notBefore: new Date(Date.now() - DAY_MS), notAfter: new Date(Date.now() + 30 * DAY_MS) };
}

function generate(): Promise<webcrypto.CryptoKeyPair> {
  return webcrypto.subtle.generateKey(P384, true, ["sign", "verify"]) as Promise<webcrypto.CryptoKeyPair>;
}
