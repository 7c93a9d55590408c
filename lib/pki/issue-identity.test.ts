import { generateKeyPairSync, randomUUID } from "node:crypto";
import { beforeAll, expect, test } from "vitest";
import { hashPublicKey } from "@/lib/crypto/certificate";
import { database } from "@/lib/db/database";
import { withTestDatabase } from "@/tests/support/database";
import { testChallenge } from "@/tests/support/test-challenge";
import { issueIdentity, type IdentityRequest } from "./issue-identity";
import { ensureServerCertificates } from "./server-certificates-service";

withTestDatabase();
beforeAll(ensureServerCertificates);

async function makeLink(maxUses: number): Promise<string> {
  const id = randomUUID();
  await database().pool.query(
    `INSERT INTO "EnrollmentLink" ("id", "name", "tokenHash", "tokenSealed", "identityKind", "maxUses", "createdBy")
     VALUES ($1::uuid, 'Desk', $1::text, '', 'scep', $2, 'user:a@example.org')`,
    [id, maxUses],
  );
  return id;
}

/** A request with a fresh key; of elliptic curve, for those are made in no time. */
function request(secret: string): IdentityRequest {
  const { publicKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
  const publicKeySpki = publicKey.export({ type: "spki", format: "der" });
  return { publicKeySpki, publicKeyHash: hashPublicKey(publicKey), kind: "scep", secret, requestedSubject: "CN=x" };
}

async function usesOf(linkId: string): Promise<number | undefined> {
  const { rows } = await database().pool.query<{ uses: number }>(`SELECT "uses" FROM "EnrollmentLink" WHERE "id" = $1`, [linkId]);
  return rows[0]?.uses;
}

test("many keys in one moment never get more certificates than the link has uses", async () => {
  const linkId = await makeLink(5);
  const challenge = await testChallenge({ linkId, reusable: true });
  const outcomes = await Promise.all(Array.from({ length: 14 }, () => issueIdentity(request(challenge))));
  expect(outcomes.filter(({ ok }) => ok)).toHaveLength(5);
  expect(outcomes.filter((outcome) => !outcome.ok && outcome.reason === "link-used-up")).toHaveLength(9);
  expect(await usesOf(linkId)).toBe(5);
});

test("one-time challenges of one link share its uses", async () => {
  const linkId = await makeLink(3);
  const make = () => testChallenge({ linkId, reusable: false });
  const challenges = await Promise.all(Array.from({ length: 8 }, make));
  const outcomes = await Promise.all(challenges.map((challenge) => issueIdentity(request(challenge))));
  expect(outcomes.filter(({ ok }) => ok)).toHaveLength(3);
  expect(await usesOf(linkId)).toBe(3);
});

test("when issuing fails nothing is spent", async () => {
  const linkId = await makeLink(1);
  const challenge = await testChallenge({ linkId, reusable: false });
  const good = request(challenge);
  await expect(issueIdentity({ ...good, publicKeySpki: Buffer.from("no key") })).rejects.toThrow();
  expect(await usesOf(linkId)).toBe(0);
  expect((await issueIdentity(good)).ok).toBe(true);
});

test("a secret counts only on the way it was made for", async () => {
  const linkId = await makeLink(1);
  const secret = await testChallenge({ linkId, identityKind: "pkcs12" });
  expect(await issueIdentity(request(secret))).toEqual({ ok: false, reason: "challenge-unknown" });
  expect((await issueIdentity({ ...request(secret), kind: "pkcs12" })).ok).toBe(true);
});

test("a challenge is kept as its hash only", async () => {
  const linkId = await makeLink(1);
  const challenge = await testChallenge({ linkId, reusable: false });
  expect(Buffer.from(challenge, "base64url")).toHaveLength(32);
  const { rows } = await database().pool.query(`SELECT * FROM "ScepChallenge" WHERE "linkId" = $1`, [linkId]);
  expect(rows).toHaveLength(1);
  expect(JSON.stringify(rows)).not.toContain(challenge);
});

test("the hardware a challenge was handed to is that of the certificate", async () => {
  const linkId = await makeLink(1);
  const challenge = await testChallenge({ linkId, boundSerial: "C02BOUND", boundUdid: "U-1" });
  expect((await issueIdentity(request(challenge))).ok).toBe(true);
  const { rows } = await database().pool.query(`SELECT "boundSerial", "boundUdid" FROM "Identity" WHERE "linkId" = $1`, [linkId]);
  expect(rows).toEqual([{ boundSerial: "C02BOUND", boundUdid: "U-1" }]);
});
