import { readCertificate } from "@/lib/crypto/certificate";
import { issueCertificate } from "@/lib/crypto/issue-certificate";
import { database } from "@/lib/db/database";
import { issuingAuthority } from "@/lib/pki/server-certificates-service";
import { deviceIdentity, type DeviceIdentity } from "./device-identity";
import { freshEcKey } from "./device-keys";

/** An identity with an elliptic curve, as ACME gives it, of the server's own authority. Needs its database and master key. */
export async function ecIdentity(namedCurve: "P-256" | "P-384", topic: string): Promise<DeviceIdentity> {
  const { publicKey, privateKey } = await freshEcKey(namedCurve);
  const authority = await issuingAuthority();
  const der = await issueCertificate({
    authority: { certificate: authority.certificate.der, privateKey: authority.privateKey },
    publicKeySpki: publicKey.export({ type: "spki", format: "der" }),
    subject: { commonName: "Muster device identity" }, days: 365, backdateHours: 24, usage: "device-identity",
  });
  const certificate = readCertificate(der);
  await database().pool.query(
    `INSERT INTO "Identity" ("fingerprint","serialNumber","subject","certificate","publicKeyHash","notBefore","notAfter","authorityId","topic") VALUES ($1,$2,$3,$4,$5,$6,$7,$8,$9)`,
    [certificate.fingerprint, certificate.serialNumber, certificate.subject, der, certificate.publicKeyHash, certificate.notBefore, certificate.notAfter, authority.id, topic],
  );
  return deviceIdentity(der, privateKey);
}
