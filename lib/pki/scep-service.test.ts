import { generateKeyPairSync, randomUUID } from "node:crypto";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, expect, test } from "vitest";
import { config } from "@/lib/config/config";
import { readCertificate } from "@/lib/crypto/certificate";
import { makeEnvelope } from "@/lib/crypto/cms-enveloped-data";
import { CONTENT_CIPHERS, type ContentCipher } from "@/lib/crypto/content-cipher";
import { sha256Hex } from "@/lib/crypto/fingerprint";
import { buildPkiMessage, readPkiMessage, type NewPkiMessage } from "@/lib/crypto/scep-message";
import { database } from "@/lib/db/database";
import type { DeviceAnswer } from "@/lib/protocol/device-exchange";
import { withTestDatabase } from "@/tests/support/database";
import { DeviceHttp } from "@/tests/support/device-http";
import type { KeyPair } from "@/tests/support/device-keys";
import { requestIdentity, type ScepOptions, type ScepRefused } from "@/tests/support/scep-client";
import { certificationRequest, selfSignedCertificate } from "@/tests/support/scep-request";
import { testChallenge } from "@/tests/support/test-challenge";
import { verifyDeviceCertificate } from "./identity-service";
import { answerScep } from "./scep-service";
import { ensureServerCertificates, issuingAuthority } from "./server-certificates-service";

withTestDatabase();

const TOPIC = "com.apple.mgmt.External.scep-test";
const http = new DeviceHttp();
let server: Server;
let url: string;

beforeAll(async () => {
  await ensureServerCertificates();
  server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      const [path = "", rawQuery = ""] = (request.url ?? "").split("?");
      void ask(request.method ?? "GET", rawQuery, Buffer.concat(chunks), path).then(
        ({ status, headers, body }) => response.writeHead(status, headers).end(body),
        () => response.destroy(),
      );
    });
  }).listen(0, "127.0.0.1");
  await new Promise((resolve) => server.once("listening", resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/scep`;
});
afterAll(() => {
  http.hangUp();
  server.close();
});

function ask(method: string, rawQuery: string, body: Buffer = Buffer.alloc(0), path = "/scep"): Promise<DeviceAnswer> {
  return answerScep({ method, path, rawQuery, headers: {}, body, remoteAddress: "192.0.2.1", clientCertificate: null, receivedAt: new Date() });
}

const newKey = (modulusLength = 2048): KeyPair => generateKeyPairSync("rsa", { modulusLength });
const HOUR_MS = 3_600_000;
const inAnHour = () => new Date(Date.now() + HOUR_MS);
const anHourAgo = () => new Date(Date.now() - HOUR_MS);

async function makeLink({ maxUses = null, expiresAt = null }: { maxUses?: number | null; expiresAt?: Date | null } = {}): Promise<string> {
  const id = randomUUID();
  await database().pool.query(
    `INSERT INTO "EnrollmentLink" ("id", "name", "tokenHash", "tokenSealed", "identityKind", "maxUses", "expiresAt", "createdBy")
     VALUES ($1, 'Desk 7', $2, '', 'scep', $3, $4, 'user:a@example.org')`,
    [id, sha256Hex(id), maxUses, expiresAt],
  );
  return id;
}

const oneTime = async (linkId: string, expiresAt = inAnHour()) => testChallenge({ linkId, reusable: false, topic: TOPIC, expiresAt });
const payload = (challenge: string | null) => ({
  url,
  name: "muster",
  subject: [["O", "Somebody"], ["CN", "wanted name"]] as [string, string][],
  challenge,
  keySize: 2048,
});
const enroll = (challenge: string | null, key: KeyPair, options: ScepOptions = {}) => requestIdentity(http, payload(challenge), key, options);
const refusedWith = (failInfo: string) => expect.objectContaining({ name: "ScepRefused", failInfo }) as ScepRefused;

async function usesOf(linkId: string): Promise<number | undefined> {
  const { rows } = await database().pool.query<{ uses: number }>(`SELECT "uses" FROM "EnrollmentLink" WHERE "id" = $1`, [linkId]);
  return rows[0]?.uses;
}

async function eventsOf(linkId: string): Promise<{ kind: string; data: Record<string, unknown> }[]> {
  const { rows } = await database().pool.query<{ kind: string; data: Record<string, unknown> }>(
    `SELECT "kind", "data" FROM "Event" WHERE "linkId" = $1 ORDER BY "id"`,
    [linkId],
  );
  return rows;
}

const key = newKey();
const otherKey = newKey();

test("capabilities are plain text, a word a line, and never empty", async () => {
  const { headers, body } = await ask("GET", "operation=GetCACaps&message=");
  expect(headers["content-type"]).toBe("text/plain");
  expect(String(body).split("\n")).toEqual(["Renewal", "SHA-1", "SHA-256", "SHA-512", "AES", "DES3", "SCEPStandard", "POSTPKIOperation"]);
});

test("the CA comes alone, as one DER certificate", async () => {
  const { status, headers, body } = await ask("GET", "operation=GetCACert&message=muster");
  expect([status, headers["content-type"]]).toEqual([200, "application/x-x509-ca-cert"]);
  expect(readCertificate(body as Buffer)).toMatchObject({ isAuthority: true });
});

test("a challenge gets a certificate of our naming, which our server knows", async () => {
  const link = await makeLink();
  const challenge = await oneTime(link);
  const { certificate: der } = await enroll(challenge, key);
  const certificate = readCertificate(der);
  await verifyDeviceCertificate(certificate);
  expect(certificate.subject).toMatch(new RegExp(`^O=${config().organization}, CN=[0-9a-f-]{36}$`));
  expect(certificate.notBefore.getTime()).toBeLessThan(Date.now() - 23 * HOUR_MS);
  const { rows } = await database().pool.query(`SELECT * FROM "Identity" WHERE "linkId" = $1`, [link]);
  const { id: authorityId } = await issuingAuthority();
  const { fingerprint, serialNumber, publicKeyHash } = certificate;
  expect(rows).toEqual([expect.objectContaining({ fingerprint, serialNumber, publicKeyHash, authorityId, topic: TOPIC, certificate: der, enrollmentId: null, revokedAt: null })]);
  const [event, ...more] = await eventsOf(link);
  expect(more).toEqual([]);
  expect(event).toMatchObject({ kind: "identity.issued", data: { link: "Desk 7", fingerprint, requestedSubject: "O=Somebody, CN=wanted name" } });
  expect(JSON.stringify(event)).not.toContain(challenge);
});

const CIPHERS = Object.keys(CONTENT_CIPHERS) as ContentCipher[];
const MATRIX = CIPHERS.flatMap((cipher) => (["sha1", "sha256", "sha512"] as const).map((digest) => [cipher, digest] as const));

test.each(MATRIX)("a client with %s and %s is served by POST and GET, in DER and in BER", async (cipher, digest) => {
  const challenge = await oneTime(await makeLink());
  const first = await enroll(challenge, key, { cipher, digest });
  for (const method of ["GET", "POST"] as const) {
    for (const indefinite of [false, true]) {
      const again = await enroll(challenge, key, { cipher, digest, method, indefinite });
      expect(again.certificate).toEqual(first.certificate);
    }
  }
});

test("the same request again gets the same certificate and is counted once, even at once and when the link is used up or over", async () => {
  const link = await makeLink({ maxUses: 1 });
  const challenge = await oneTime(link);
  const answers = await Promise.all(Array.from({ length: 5 }, () => enroll(challenge, key)));
  expect(new Set(answers.map(({ certificate }) => sha256Hex(certificate))).size).toBe(1);
  await database().pool.query(`UPDATE "EnrollmentLink" SET "expiresAt" = $2 WHERE "id" = $1`, [link, anHourAgo()]);
  expect((await enroll(challenge, key)).certificate).toEqual(answers[0]?.certificate);
  expect(await usesOf(link)).toBe(1);
  expect(await eventsOf(link)).toHaveLength(1);
});

test("a used one-time challenge is worth nothing to another key", async () => {
  const link = await makeLink();
  const challenge = await oneTime(link);
  await enroll(challenge, key);
  await expect(enroll(challenge, otherKey)).rejects.toEqual(refusedWith("2"));
  expect(await usesOf(link)).toBe(1);
  expect((await eventsOf(link))[1]).toMatchObject({
    kind: "identity.refused",
    data: { link: "Desk 7", reason: "challenge-used", requestedSubject: "O=Somebody, CN=wanted name" },
  });
  expect(JSON.stringify(await eventsOf(link))).not.toContain(challenge);
});

test("two keys in one moment: a one-time challenge serves one of them", async () => {
  const link = await makeLink();
  const challenge = await oneTime(link);
  const outcomes = await Promise.allSettled([enroll(challenge, key), enroll(challenge, otherKey)]);
  expect(outcomes.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
  expect(await usesOf(link)).toBe(1);
});

test("a reusable challenge serves as many keys as its link has uses, and never more in a race", async () => {
  const link = await makeLink({ maxUses: 2 });
  const challenge = await testChallenge({ linkId: link, reusable: true, topic: TOPIC, expiresAt: inAnHour() });
  const keys = [key, otherKey, newKey(), newKey()];
  const outcomes = await Promise.allSettled(keys.map((one) => enroll(challenge, one)));
  expect(outcomes.filter(({ status }) => status === "fulfilled")).toHaveLength(2);
  expect(await usesOf(link)).toBe(2);
  const told = (await eventsOf(link)).map(({ data }) => data.reason ?? "issued");
  expect(told.filter((word) => word === "issued")).toHaveLength(2);
  expect(told.filter((word) => word === "link-used-up")).toHaveLength(2);
});

test("a challenge that is missing, unknown or over, and a link that is over or revoked, get nothing", async () => {
  const revoked = await makeLink();
  await database().pool.query(`UPDATE "EnrollmentLink" SET "revokedAt" = now() WHERE "id" = $1`, [revoked]);
  const issuedThenRevoked = await makeLink();
  const spent = await oneTime(issuedThenRevoked);
  await enroll(spent, key);
  await database().pool.query(`UPDATE "EnrollmentLink" SET "revokedAt" = now() WHERE "id" = $1`, [issuedThenRevoked]);
  const attempts = [null, "", "guess", await oneTime(await makeLink(), anHourAgo()), await oneTime(await makeLink({ expiresAt: anHourAgo() })), await oneTime(revoked), spent];
  for (const challenge of attempts) await expect(enroll(challenge, key)).rejects.toEqual(refusedWith("2"));
  expect(await usesOf(revoked)).toBe(0);
});

test("a revoked identity is not handed out again", async () => {
  const challenge = await oneTime(await makeLink());
  const { certificate } = await enroll(challenge, key);
  await database().pool.query(`UPDATE "Identity" SET "revokedAt" = now() WHERE "fingerprint" = $1`, [sha256Hex(certificate)]);
  await expect(enroll(challenge, key)).rejects.toEqual(refusedWith("2"));
});

/** Sends a message built piece by piece; answers what the server says inside its CertRep. */
async function operate(content: Buffer, signer: KeyPair, changes: Partial<NewPkiMessage> = {}) {
  const recipient = (await issuingAuthority()).certificate;
  const message = buildPkiMessage({
    messageType: 19,
    transactionId: "tx-1",
    senderNonce: Buffer.alloc(16, 9),
    envelope: makeEnvelope({ content, recipient, cipher: "aes-256-cbc" }),
    certificate: await selfSignedCertificate(signer),
    privateKey: signer.privateKey,
    digest: "sha256",
    ...changes,
  });
  const { status, headers, body } = await ask("POST", "operation=PKIOperation", message);
  expect([status, headers["content-type"]]).toEqual([200, "application/x-pki-message"]);
  const reply = readPkiMessage(body as Buffer);
  expect(reply).toMatchObject({ messageType: 3, transactionId: "tx-1", recipientNonce: Buffer.alloc(16, 9) });
  return { status: reply.pkiStatus, failInfo: reply.failInfo };
}

test("the key must be RSA of 2048 bits or more, and the one that signed the message", async () => {
  const challenge = await oneTime(await makeLink());
  const weak = newKey(1024);
  expect(await operate(await certificationRequest(payload(challenge), weak), weak)).toEqual({ status: "2", failInfo: "2" });
  expect(await operate(await certificationRequest(payload(challenge), key), otherKey)).toEqual({ status: "2", failInfo: "2" });
  expect(await operate(await certificationRequest(payload(challenge), key), key)).toEqual({ status: "0", failInfo: null });
});

test("a bad signature is badMessageCheck; an unreadable request and other message types are badRequest; all are answered 200", async () => {
  const content = await certificationRequest(payload("x"), key);
  expect(await operate(content, key, { privateKey: otherKey.privateKey })).toEqual({ status: "2", failInfo: "1" });
  expect(await operate(Buffer.from("no request"), key)).toEqual({ status: "2", failInfo: "2" });
  expect(await operate(content, key, { envelope: null })).toEqual({ status: "2", failInfo: "2" });
  expect(await operate(content, key, { messageType: 17 })).toEqual({ status: "2", failInfo: "2" });
});

test("an envelope for another key, or with an unknown cipher, is refused inside the answer", async () => {
  const content = await certificationRequest(payload("x"), key);
  const recipient = readCertificate(await selfSignedCertificate(otherKey));
  expect(await operate(content, key, { envelope: makeEnvelope({ content, recipient, cipher: "aes-128-cbc" }) })).toEqual({ status: "2", failInfo: "2" });
  const envelope = makeEnvelope({ content, recipient: (await issuingAuthority()).certificate, cipher: "aes-128-cbc" });
  const at = envelope.indexOf(Buffer.from("608648016503040102", "hex"));
  envelope[at + 8] = 0x16; // aes-192-cbc
  expect(await operate(content, key, { envelope })).toEqual({ status: "2", failInfo: "0" });
});

test("what is no SCEP message is answered 400, never 401 or 403, bombs included", async () => {
  const bomb = Buffer.alloc(65_536, Buffer.from("3080", "hex"));
  const inner = buildPkiMessage({ messageType: 19, transactionId: "b", envelope: bomb, certificate: await selfSignedCertificate(key), privateKey: key.privateKey, digest: "sha256" });
  for (const body of [Buffer.alloc(0), Buffer.from("hello"), bomb, Buffer.alloc(100_000, 0x30)]) {
    expect((await ask("POST", "operation=PKIOperation", body)).status).toBe(400);
  }
  expect((await ask("POST", "operation=PKIOperation", inner)).status).toBe(400); // over 64 KiB with its wrapping
  expect(await operate(Buffer.alloc(0), key, { envelope: bomb.subarray(0, 20_000) })).toEqual({ status: "2", failInfo: "2" });
  for (const query of ["", "operation=", "operation=GetNothing", "operation=PKIOperation", "operation=PKIOperation&message=%00"]) {
    expect((await ask("GET", query)).status).toBe(400);
  }
});

test("a message in the query of a POST is not looked at", async () => {
  const answer = await ask("POST", "operation=PKIOperation&message=AAAA", Buffer.from("nonsense"));
  expect(answer.status).toBe(400);
  const challenge = await oneTime(await makeLink());
  const { certificate } = await requestIdentity(http, { ...payload(challenge), url: `${url}?message=AAAA` }, key, { method: "POST" });
  expect(readCertificate(certificate).publicKey.equals(key.publicKey)).toBe(true);
});
