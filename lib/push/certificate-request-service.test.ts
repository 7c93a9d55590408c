import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { MusterError } from "@/lib/contracts/errors";
import type { CertificateCheck, KeyPairUpload } from "@/lib/contracts/push-certificates";
import { pemToDer } from "@/lib/crypto/pem";
import { database } from "@/lib/db/database";
import { daysFromNow, testAuthority, toPkcs12, type PemPair, type TestAuthority } from "@/tests/support/apns-certificates";
import { ApnsStandIn } from "@/tests/support/apns-stand-in";
import { withTestDatabase } from "@/tests/support/database";
import { MdmcertDownload } from "@/tests/support/mdmcert-download";
import { openssl, opensslMissing } from "@/tests/support/openssl";
import { PushPortal } from "@/tests/support/push-portal";
import { createCertificateRequest, discardCertificateRequest, listCertificateRequests, readCertificateRequest, signCertificateRequest } from "./certificate-request-service";
import { listPushCertificates, uploadPushCertificate } from "./push-certificate-service";
import { readVendorCertificate, removeVendorCertificate, uploadVendorCertificate } from "./vendor-certificate-service";

const ACTOR = "user:owner@example.com";
let standIn: ApnsStandIn;
let relations: TestAuthority;
let vendor: PemPair;
let portal: PushPortal;
beforeAll(async () => {
  standIn = await ApnsStandIn.start();
  vi.stubEnv("APNS_CA_FILE", standIn.caFile);
  relations = await standIn.authority.issueAuthority("CN=Worldwide Developer Relations, OU=G9");
  vendor = await relations.issueVendor();
  portal = new PushPortal(standIn.authority);
});
afterAll(() => standIn.close());
withTestDatabase();
beforeEach(async () => {
  await database().pool.query(`TRUNCATE "PushCertificate", "PushCertificateRequest", "VendorCertificate", "Enrollment", "Device", "Event" CASCADE`);
});

const withChain = (pair: PemPair): KeyPairUpload => ({ ...pair, certificatePem: pair.certificatePem + relations.certificatePem });
const fileOf = ({ signed }: { signed: { portalFile: string } | null }) => Buffer.from(signed?.portalFile ?? "");
const service = (answer: Buffer | string) => ({ by: "service", answer: Buffer.from(answer).toString("base64") }) as const;

async function refusalOf(work: Promise<unknown>): Promise<MusterError> {
  const error = await work.then(() => null, (reason: unknown) => reason);
  if (!(error instanceof MusterError)) throw new Error("it was not refused", { cause: error });
  return error;
}
const failedChecks = (checks: unknown) => (checks as CertificateCheck[]).filter(({ passed }) => !passed).map(({ name }) => name);

describe("the vendor certificate", () => {
  test("is kept sealed with its chain in order, and forgotten on demand", async () => {
    const { vendor: made, checks } = await uploadVendorCertificate({ ...vendor, certificatePem: standIn.caPem + relations.certificatePem + vendor.certificatePem }, ACTOR);
    expect(failedChecks(checks)).toEqual([]);
    expect(checks.find(({ name }) => name === "Chain")?.detail).toBe("“MDM Vendor: Example Inc.” ← “Worldwide Developer Relations” ← “APNs stand-in CA”");
    expect(made?.subject).toContain("CN=MDM Vendor: Example Inc.");
    const { rows } = await database().pool.query<{ chainPem: string; privateKeySealed: Buffer }>(`SELECT "chainPem", "privateKeySealed" FROM "VendorCertificate"`);
    expect(pemToDer(rows[0]?.chainPem ?? "")).toEqual([vendor, relations, { certificatePem: standIn.caPem }].flatMap(({ certificatePem }) => pemToDer(certificatePem)));
    expect(rows[0]?.privateKeySealed.includes(pemToDer(vendor.privateKeyPem, "PRIVATE KEY")[0]?.subarray(-32) ?? "")).toBe(false);
    await uploadVendorCertificate(withChain(await relations.issueVendor({ name: "Second" })), ACTOR);
    expect((await readVendorCertificate()).vendor?.subject).toContain("Second");
    expect(await removeVendorCertificate(ACTOR)).toEqual({ vendor: null });
    expect(await readVendorCertificate()).toEqual({ vendor: null });
    expect((await refusalOf(removeVendorCertificate(ACTOR))).code).toBe("not-found");
  });

  test.skipIf(opensslMissing)("may come as PKCS #12, legacy ciphers too, or with a key under a password", async () => {
    const files = { "cert.pem": vendor.certificatePem, "between.pem": relations.certificatePem, "key.pem": vendor.privateKeyPem };
    for (const style of [[], ["-legacy"]]) {
      const pkcs12 = openssl(["pkcs12", "-export", "-in", "cert.pem", "-inkey", "key.pem", "-certfile", "between.pem", "-passout", "pass:geheim", "-out", "out", ...style], files, "out");
      expect((await uploadVendorCertificate({ pkcs12: pkcs12.toString("base64"), password: "geheim" }, ACTOR)).vendor).not.toBeNull();
    }
    for (const how of [["pkcs8", "-topk8", "-in", "key.pem", "-passout", "pass:geheim"], ["rsa", "-traditional", "-aes256", "-in", "key.pem", "-passout", "pass:geheim"]]) {
      const upload = { ...withChain(vendor), privateKeyPem: openssl(how, files).toString() } as KeyPairUpload;
      expect((await refusalOf(uploadVendorCertificate(upload, ACTOR))).errors).toEqual([{ pointer: "/privateKeyPassword", detail: "The private key is protected by a password. Enter it." }]);
      expect((await refusalOf(uploadVendorCertificate({ ...upload, privateKeyPassword: "wrong" } as KeyPairUpload, ACTOR))).errors[0]?.detail).toMatch(/^The private key does not open/);
      expect((await uploadVendorCertificate({ ...upload, privateKeyPassword: "geheim" } as KeyPairUpload, ACTOR)).vendor).not.toBeNull();
    }
  });

  test.each<[string, string[], RegExp, () => Promise<KeyPairUpload>]>([
    ["without the authority between", ["Chain"], /Worldwide Developer Relations.*is missing.*apple\.com\/certificateauthority/, async () => vendor],
    ["expired", ["Validity"], /It expired on \d{4}-/, async () => withChain(await relations.issueVendor({ notBefore: daysFromNow(-50), notAfter: daysFromNow(-1) }))],
    ["with the key of another", ["Private key"], /belongs to another certificate/, async () => ({ ...withChain(vendor), privateKeyPem: (await relations.issueVendor()).privateKeyPem })],
    ["with a key that is not RSA", ["Kind of key"], /RSA/, async () => withChain(await relations.issueVendor({ key: "ec" }))],
    ["that is a push certificate", ["Purpose"], /a push certificate, not one of an MDM vendor/, () => standIn.mintPushCertificate({ topic: "com.apple.mgmt.External.1" })],
    ["of nobody Apple knows", ["Chain"], /no root of Apple's/, async () => {
      const stranger = await testAuthority("CN=Stranger");
      const pair = await stranger.issueVendor();
      return { ...pair, certificatePem: pair.certificatePem + stranger.certificatePem };
    }],
    ["below an authority whose time is over", ["Chain"], /“Old Relations” expired on/, async () => {
      const old = await standIn.authority.issueAuthority("CN=Old Relations", daysFromNow(-1));
      const pair = await old.issueVendor();
      return { ...pair, certificatePem: pair.certificatePem + old.certificatePem };
    }],
  ])("%s is refused with the reason", async (_what, expected, words, upload) => {
    const error = await refusalOf(uploadVendorCertificate(await upload(), ACTOR));
    expect([error.code, failedChecks(error.meta?.["checks"])]).toEqual(["certificate-refused", expected]);
    expect(error.message).toMatch(words);
    expect(await readVendorCertificate()).toEqual({ vendor: null });
  });
});

describe.skipIf(opensslMissing)("a request", () => {
  test("is signed at once when a vendor certificate is here, and Apple takes it", async () => {
    await uploadVendorCertificate(withChain(vendor), ACTOR);
    const request = await createCertificateRequest({ email: "it@example.com" }, ACTOR);
    expect(request.signed).toMatchObject({ by: "vendor", signer: expect.stringContaining("MDM Vendor") });
    const certificatePem = await portal.create(fileOf(request));
    const made = await uploadPushCertificate({ certificatePem, appleAccount: "push@example.com" }, ACTOR);
    expect(made).toMatchObject({ state: "current", appleAccount: "push@example.com" });
    expect((await listCertificateRequests()).items).toEqual([]);
  });

  test("names the organization and the address, and its key stays sealed", async () => {
    const { id, csrPem } = await createCertificateRequest({ email: "it@example.com" }, ACTOR);
    const told = openssl(["req", "-in", "csr.pem", "-noout", "-verify", "-subject", "-nameopt", "RFC2253"], { "csr.pem": csrPem }).toString();
    expect(told).toContain("emailAddress=it@example.com,CN=Muster MDM push,O=Muster");
    const { rows } = await database().pool.query<Record<string, unknown>>(`SELECT * FROM "PushCertificateRequest"`);
    expect(JSON.stringify(await readCertificateRequest(id))).not.toContain("PRIVATE KEY");
    // A PKCS #8 RSA key begins with version and algorithm; sealed bytes do not hold that.
    for (const sealed of [rows[0]?.["privateKeySealed"], rows[0]?.["encryptionKeySealed"]]) expect((sealed as Buffer).includes(Buffer.from("020100300d06092a864886f70d010101", "hex"))).toBe(false);
  });

  test("renews a topic: the account is remembered, and kept", async () => {
    const topic = `com.apple.mgmt.External.${randomUUID()}`;
    await uploadPushCertificate({ ...(await standIn.mintPushCertificate({ topic })), appleAccount: "push@example.com" }, ACTOR);
    await uploadVendorCertificate(withChain(vendor), ACTOR);
    const request = await createCertificateRequest({ topic }, ACTOR);
    expect(request).toMatchObject({ topic, appleAccount: "push@example.com" });
    const made = await uploadPushCertificate({ certificatePem: await portal.renew(fileOf(request), { topic }) }, ACTOR);
    expect(made).toMatchObject({ topic, appleAccount: "push@example.com" });
    expect((await listPushCertificates()).items.map(({ state }) => state)).toEqual(["current", "replaced"]);
    expect((await refusalOf(createCertificateRequest({ topic: "com.apple.mgmt.External.none" }, ACTOR))).code).toBe("not-found");
  });

  test("goes to mdmcert.download and comes back by mail", async () => {
    const download = await MdmcertDownload.start(vendor, [relations.certificatePem, standIn.caPem], "project key");
    try {
      const { id, mdmcertDownload, signed } = await createCertificateRequest({}, ACTOR);
      expect(signed).toBeNull();
      const { url, csr, encrypt } = mdmcertDownload;
      expect(url).toBe("https://mdmcert.download/api/v1/signrequest");
      const body = JSON.stringify({ csr, encrypt, email: "it@example.com", key: "project key" });
      const answer = await fetch(download.url + new URL(url).pathname, { method: "POST", headers: { "content-type": "application/json" }, body });
      expect(await answer.json()).toEqual({ result: "success" });
      const attachment = download.mails[0]?.attachment ?? Buffer.alloc(0);
      const done = await signCertificateRequest(id, service(attachment), ACTOR);
      expect(failedChecks(done.checks)).toEqual([]);
      expect(done.signed).toMatchObject({ by: "service", signer: expect.stringContaining("MDM Vendor") });
      const der = Buffer.from(attachment.toString(), "hex");
      for (const form of [der, der.toString("base64"), `-----BEGIN PKCS7-----\n${der.toString("base64")}\n-----END PKCS7-----\n`]) {
        expect((await signCertificateRequest(id, service(form), ACTOR)).signed?.portalFile).toBe(done.signed?.portalFile);
      }
      const other = await createCertificateRequest({}, ACTOR);
      expect((await refusalOf(signCertificateRequest(other.id, service(attachment), ACTOR))).errors[0]).toMatchObject({ pointer: "/answer", detail: expect.stringMatching(/does not open with the key of this request/) });
      expect((await refusalOf(signCertificateRequest(other.id, service(fileOf(done)), ACTOR))).message).toMatch(/holds another request/);
      await expect(portal.create(fileOf(done))).resolves.toContain("BEGIN CERTIFICATE");
    } finally {
      await download.close();
    }
  });

  test("a service's file that Apple will refuse is kept with the reason", async () => {
    const old = await relations.issueVendor({ notBefore: daysFromNow(-50), notAfter: daysFromNow(-1) });
    const download = await MdmcertDownload.start(old, [relations.certificatePem, standIn.caPem], "k");
    try {
      const { id, mdmcertDownload } = await createCertificateRequest({}, ACTOR);
      await fetch(`${download.url}/api/v1/signrequest`, { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify({ ...mdmcertDownload, email: "a@b.c", key: "k" }) });
      const done = await signCertificateRequest(id, service(download.mails[0]?.attachment ?? ""), ACTOR);
      expect(failedChecks(done.checks)).toEqual(["Chain"]);
      expect(done.checks.find(({ name }) => name === "Chain")?.detail).toMatch(/MDM Vendor: Example Inc\.” expired on .* Apple will refuse the file\./);
      await expect(portal.create(fileOf(done))).rejects.toThrow("the signing certificate is expired");
    } finally {
      await download.close();
    }
  });

  test("cannot be signed by a vendor certificate that is not here, and nonsense is no answer", async () => {
    const { id } = await createCertificateRequest({}, ACTOR);
    expect((await refusalOf(signCertificateRequest(id, { by: "vendor" }, ACTOR))).code).toBe("conflict");
    for (const nonsense of ["hello", "", "3082", vendor.certificatePem, Buffer.from([0x30, 0x82, 1, 2, 3])]) {
      expect((await refusalOf(signCertificateRequest(id, service(nonsense), ACTOR))).errors[0]?.pointer).toBe("/answer");
    }
    expect((await readCertificateRequest(id)).signed).toBeNull();
  });

  test("thrown away is gone, and its certificate fits no more", async () => {
    await uploadVendorCertificate(withChain(vendor), ACTOR);
    const request = await createCertificateRequest({}, ACTOR);
    await discardCertificateRequest(request.id, ACTOR);
    expect((await refusalOf(readCertificateRequest(request.id))).code).toBe("not-found");
    expect((await refusalOf(discardCertificateRequest(request.id, ACTOR))).code).toBe("not-found");
    const error = await refusalOf(uploadPushCertificate({ certificatePem: await portal.create(fileOf(request)) }, ACTOR));
    expect(error.errors[0]).toMatchObject({ pointer: "/certificatePem", detail: expect.stringMatching(/issued for another key/) });
  });
});

describe("what is picked by mistake gets a clear sentence", () => {
  test.each<[string, RegExp, () => Promise<string> | string]>([
    ["the CSR", /certificate signing request, not a certificate/, async () => (await createCertificateRequest({}, ACTOR)).csrPem],
    ["the file for the portal", /This is the file for Apple's portal\. Upload it there/, async () => {
      await uploadVendorCertificate(withChain(vendor), ACTOR);
      return fileOf(await createCertificateRequest({}, ACTOR)).toString();
    }],
    ["the vendor's certificate", /a developer's certificate, of an MDM vendor/, () => vendor.certificatePem],
    ["a private key", /This is a private key/, () => vendor.privateKeyPem],
    ["a web page", /This is a web page/, () => "<!DOCTYPE html><html></html>"],
    ["a PKCS #12 file", /PKCS #12 file; choose that kind of file/, () => `-----BEGIN CERTIFICATE-----\n${toPkcs12(vendor, "x").toString("base64")}\n-----END CERTIFICATE-----`],
    ["anything else", /cannot be read/, () => "hello"],
  ])("%s", async (_what, words, pem) => {
    const error = await refusalOf(uploadPushCertificate({ certificatePem: await pem() }, ACTOR));
    expect(error.code).toBe("certificate-refused");
    expect(error.errors[0]).toMatchObject({ pointer: "/certificatePem", detail: expect.stringMatching(words) });
  });

  test("a certificate in place of the key, and PEM in place of PKCS #12", async () => {
    const pair = await standIn.mintPushCertificate({ topic: "com.apple.mgmt.External.2" });
    expect((await refusalOf(uploadPushCertificate({ ...pair, privateKeyPem: pair.certificatePem }, ACTOR))).errors[0]).toEqual({ pointer: "/privateKeyPem", detail: "This is a certificate. The private key is wanted here." });
    expect((await refusalOf(uploadPushCertificate({ pkcs12: Buffer.from(pair.certificatePem).toString("base64") }, ACTOR))).message).toMatch(/This is a PEM file/);
  });
});
