import { randomUUID } from "node:crypto";
import { expect, test } from "vitest";
import { GET } from "@/app/metrics/route";
import { createApiToken } from "@/lib/accounts/api-token-service";
import { database } from "@/lib/db/database";
import { withTestDatabase } from "@/tests/support/database";
import { enrollForPush } from "@/tests/support/push-enrollments";

withTestDatabase();

const scrape = (token: string) => GET(new Request("http://localhost/metrics", { headers: { authorization: `Bearer ${token}` } }));

async function identityEndingIn(enrollmentId: string, days: number): Promise<void> {
  const fingerprint = randomUUID();
  await database().pool.query(
    `INSERT INTO "Identity" ("fingerprint","serialNumber","subject","certificate","publicKeyHash","topic","enrollmentId","notBefore","notAfter")
     VALUES ($1, $1, 's', '', $1, 't', $2, now() - interval '1 year', now() + $3 * interval '1 day')`,
    [fingerprint, enrollmentId, days],
  );
  await database().pool.query(`UPDATE "Enrollment" SET "identityFingerprint" = $2 WHERE "id" = $1`, [enrollmentId, fingerprint]);
}

test("the numbers are for token holders", async () => {
  expect((await GET(new Request("http://localhost/metrics"))).status).toBe(401);
  expect((await scrape("muster_wrong")).status).toBe(401);
});

test("the numbers are in the text format of Prometheus", async () => {
  await database().pool.query(`INSERT INTO "Device" ("id", "platform") VALUES ($1, 'tvos'), ($2, 'tvos')`, [randomUUID(), randomUUID()]);
  await database().pool.query(
    `INSERT INTO "PushCertificate" ("id", "topic", "fingerprint", "subject", "issuer", "serialNumber", "certificate", "chainPem", "privateKeySealed", "notBefore", "notAfter", "createdBy")
     VALUES ($1, 'to"pic\\', 'f', 's', 'i', '1', '', '', '', now(), '2030-01-01T00:00:00Z', 'system')`,
    [randomUUID()],
  );
  const ending = await enrollForPush("topic", 3);
  for (const [index, { id }] of ending.entries()) await identityEndingIn(id, [-1, 5, 50][index] ?? 0);
  await database().pool.query(
    `INSERT INTO "IdentityRenewal" ("id","enrollmentId","fingerprint","challengeId","commandId","attempt","cause","startedBy","outcome","endedAt")
     VALUES ($1, $2, 'f', $1, $1, 1, 'schedule', 'system', 'failed', now() - interval '1 hour')`,
    [randomUUID(), ending[0]?.id],
  );
  const { token } = await createApiToken({ name: "prometheus", role: "viewer", expiresAt: null }, null);
  const response = await scrape(token);
  expect(response.headers.get("content-type")).toBe("text/plain; version=0.0.4; charset=utf-8");
  const text = await response.text();
  for (const line of text.trimEnd().split("\n")) {
    expect(line).toMatch(/^(# (HELP|TYPE) [a-z_0-9]+ .+|[a-z_0-9]+(\{[a-z_]+="(\\.|[^"\\])*"(,[a-z_]+="(\\.|[^"\\])*")*\})? [\d.e+-]+)$/);
  }
  expect(text).toContain('muster_devices{state="none",platform="tvos"} 2\n');
  expect(text).toContain('muster_identity_renewals_ended{outcome="failed",cause="schedule"} 1\n');
  expect(text.match(/^muster_identities_ending.*$/gm)).toEqual(["0d", "7d", "30d", "60d"].map((within, index) => `muster_identities_ending{within="${within}"} ${[1, 2, 2, 3][index]}`));
  expect(text).toContain('muster_push_certificate_expiry_seconds{topic="to\\"pic\\\\"} 1893456000\n');
});
