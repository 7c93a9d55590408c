import { randomBytes } from "node:crypto";
import { config } from "@/lib/config/config";
import { MusterError } from "@/lib/contracts/errors";
import { hashPublicKey } from "@/lib/crypto/certificate";
import { makeRsaKeyPair } from "@/lib/crypto/make-rsa-key-pair";
import { makePkcs12 } from "@/lib/crypto/pkcs12";
import type { ProfileIdentity } from "@/lib/protocol/profile/identity-payload";
import { directoryUrl } from "./acme/acme-resources";
import { createChallenge } from "./challenge-service";
import type { NewChallenge } from "./challenge-store";
import { issueIdentity } from "./issue-identity";

const PASSWORD_BYTES = 18;

/** The identity part of one profile, and what it can be found again by. */
export interface OfferedIdentity {
  challengeId: string;
  identity: ProfileIdentity;
}

/**
 * What makes a profile bring an identity, of the kind asked for, with a secret of its own. By PKCS #12 the certificate
 * is made here and counts as a use of the link at once.
 * @throws MusterError conflict when the link gave out its last use meanwhile
 */
export async function offerIdentity(wanted: NewChallenge): Promise<OfferedIdentity> {
  const { publicUrl, organization } = config();
  const { id: challengeId, secret } = await createChallenge(wanted);
  const subject = { organization, commonName: "Muster device identity" };
  switch (wanted.identityKind) {
    case "scep":
      return { challengeId, identity: { kind: "scep", url: `${publicUrl}/scep`, name: "muster", challenge: secret, subject } };
    case "acme":
      return { challengeId, identity: { kind: "acme", directoryUrl: directoryUrl(), clientIdentifier: secret, subject: { organization, commonName: secret } } };
    case "pkcs12":
      return { challengeId, identity: { kind: "pkcs12", ...(await readyMade(secret)) } };
  }
}

async function readyMade(secret: string): Promise<{ file: Buffer; password: string }> {
  const { publicKey, privateKey } = await makeRsaKeyPair();
  const issuance = await issueIdentity({
    kind: "pkcs12", secret, publicKeySpki: publicKey.export({ type: "spki", format: "der" }), publicKeyHash: hashPublicKey(publicKey), requestedSubject: "",
  });
  if (!issuance.ok) throw new MusterError("conflict", `no identity can be made for the profile: ${issuance.reason}`);
  const password = randomBytes(PASSWORD_BYTES).toString("base64url");
  return { file: makePkcs12({ certificates: [issuance.certificate], privateKey, password }), password };
}
