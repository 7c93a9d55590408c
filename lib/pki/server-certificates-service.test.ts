import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { generateKeyPairSync } from "node:crypto";
import { afterAll, beforeAll, expect, test } from "vitest";
import { config } from "@/lib/config/config";
import { isIssuedBy, readCertificate } from "@/lib/crypto/certificate";
import { readSignedData } from "@/lib/crypto/cms-signed-data";
import { createAuthority, issueCertificate, readPrivateKey } from "@/lib/crypto/issue-certificate";
import { derToPem } from "@/lib/crypto/pem";
import { database } from "@/lib/db/database";
import { seal } from "@/lib/db/sealed";
import { withTestDatabase } from "@/tests/support/database";
import { verifyDeviceCertificate } from "./identity-service";
import { deviceAuthorities, ensureServerCertificates, issuingAuthority, signProfile, type Authority } from "./server-certificates-service";

withTestDatabase();

const folder = mkdtempSync(path.join(tmpdir(), "muster-tls-"));
afterAll(() => rmSync(folder, { recursive: true }));

const publicKeySpki = generateKeyPairSync("rsa", { modulusLength: 2048 }).publicKey.export({ type: "spki", format: "der" });

async function issuedBy(authority: { certificate: Buffer; privateKey: Authority["privateKey"] }) {
  const subject = { commonName: "device" };
  return readCertificate(await issueCertificate({ authority, publicKeySpki, subject, days: 10, backdateHours: 24, usage: "device-identity" }));
}
const fromOurs = ({ certificate, privateKey }: Authority) => issuedBy({ certificate: certificate.der, privateKey });

beforeAll(async () => {
  await expect(issuingAuthority()).rejects.toMatchObject({ code: "not-ready" });
  await Promise.all([ensureServerCertificates(), ensureServerCertificates(), ensureServerCertificates()]);
});

test("nodes that start together, and later starts, have one CA and one signer", async () => {
  await ensureServerCertificates();
  const { rows } = await database().pool.query(`SELECT "role", count(*)::int AS "total" FROM "ServerCertificate" GROUP BY "role" ORDER BY "role"`);
  expect(rows).toEqual([
    { role: "device-ca", total: 1 },
    { role: "profile-signing", total: 1 },
  ]);
});

test("private keys are stored sealed", async () => {
  const { privateKey } = await issuingAuthority();
  const { rows } = await database().pool.query<{ privateKeySealed: Buffer }>(`SELECT "privateKeySealed" FROM "ServerCertificate"`);
  const secret = privateKey.export({ type: "pkcs8", format: "der" }).subarray(40, 80);
  for (const row of rows) expect(row.privateKeySealed.includes(secret)).toBe(false);
});

test("a profile is signed by the leaf and carries the CA, so that a device sees who signed", async () => {
  const authority = await issuingAuthority();
  const { content, signer, certificates } = readSignedData(await signProfile("<plist/>"));
  expect(content?.toString()).toBe("<plist/>");
  expect(isIssuedBy(signer, authority.certificate)).toBe(true);
  expect(certificates.map(({ fingerprint }) => fingerprint)).toEqual([signer.fingerprint, authority.certificate.fingerprint]);
});

test("with TLS of our own, its certificate signs profiles", async () => {
  const root = await createAuthority({ commonName: "Public", organization: "Public", days: 30 });
  const leaf = generateKeyPairSync("ec", { namedCurve: "P-256" });
  const der = await issueCertificate({
    authority: { certificate: root.certificate, privateKey: readPrivateKey(root.privateKeyPkcs8) },
    publicKeySpki: leaf.publicKey.export({ type: "spki", format: "der" }),
    subject: { commonName: "mdm.example.org" },
    days: 10,
    backdateHours: 1,
    usage: "server",
  });
  const tls = { certFile: path.join(folder, "tls.crt"), keyFile: path.join(folder, "tls.key") };
  writeFileSync(tls.certFile, derToPem(der) + derToPem(root.certificate));
  writeFileSync(tls.keyFile, leaf.privateKey.export({ type: "sec1", format: "pem" }));
  const before = config().tls;
  try {
    config().tls = tls;
    const { signer, certificates } = readSignedData(await signProfile("<plist/>"));
    expect(signer.der).toEqual(der);
    expect(certificates).toHaveLength(2);
  } finally {
    config().tls = before;
  }
});

test("certificates of our CA are known, those of a CA with the same name are not", async () => {
  const authority = await issuingAuthority();
  const stranger = await createAuthority({ commonName: "x", organization: "x", days: 30 });
  await verifyDeviceCertificate(await fromOurs(authority));
  await verifyDeviceCertificate(await fromOurs(authority));
  const foreign = await issuedBy({ certificate: authority.certificate.der, privateKey: readPrivateKey(stranger.privateKeyPkcs8) });
  await expect(verifyDeviceCertificate(foreign)).rejects.toMatchObject({ code: "certificate-foreign" });
  await expect(verifyDeviceCertificate(authority.certificate)).rejects.toMatchObject({ code: "certificate-foreign" });
});

test("a CA near its end is replaced at the start, and stays trusted for what it has issued", async () => {
  const old = await issuingAuthority();
  const device = await fromOurs(old);
  const young = await createAuthority({ commonName: "Short CA", organization: "x", days: 300 });
  const short = readCertificate(young.certificate);
  // The row of the CA in use, as it would be 9 years later.
  const place = { table: "ServerCertificate", row: old.id, column: "privateKeySealed" };
  await database().pool.query(`UPDATE "ServerCertificate" SET "certificate" = $2, "fingerprint" = $3, "privateKeySealed" = $4 WHERE "id" = $1`, [
    old.id,
    short.der,
    short.fingerprint,
    seal(young.privateKeyPkcs8, place),
  ]);
  await ensureServerCertificates();
  const [current, before, ...more] = await deviceAuthorities();
  expect(more).toEqual([]);
  expect(current?.id).not.toBe(old.id);
  expect((await issuingAuthority()).id).toBe(current?.id);
  expect(before).toMatchObject({ id: old.id, certificate: { fingerprint: short.fingerprint } });
  await verifyDeviceCertificate(await issuedBy({ certificate: short.der, privateKey: readPrivateKey(young.privateKeyPkcs8) }));
  await expect(verifyDeviceCertificate({ ...device, fingerprint: "not seen before" })).rejects.toMatchObject({ code: "certificate-foreign" });
});
