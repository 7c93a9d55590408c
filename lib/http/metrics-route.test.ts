import { randomUUID } from "node:crypto";
import { expect, test } from "vitest";
import { GET } from "@/app/metrics/route";
import { createApiToken } from "@/lib/accounts/api-token-service";
import { database } from "@/lib/db/database";
import { withTestDatabase } from "@/tests/support/database";

withTestDatabase();

const scrape = (token: string) => GET(new Request("http://localhost/metrics", { headers: { authorization: `Bearer ${token}` } }));

test("the numbers are for token holders", async () => {
  expect((await GET(new Request("http://localhost/metrics"))).status).toBe(401);
  expect((await scrape("muster_wrong")).status).toBe(401);
});

test("the numbers are in the text format of Prometheus", async () => {
  await database().pool.query(`INSERT INTO "Device" ("id", "platform") VALUES ($1, 'ios'), ($2, 'ios')`, [randomUUID(), randomUUID()]);
  await database().pool.query(
    `INSERT INTO "PushCertificate" ("id", "topic", "fingerprint", "subject", "issuer", "serialNumber", "certificate", "chainPem", "privateKeySealed", "notBefore", "notAfter", "createdBy")
     VALUES ($1, 'to"pic\\', 'f', 's', 'i', '1', '', '', '', now(), '2030-01-01T00:00:00Z', 'system')`,
    [randomUUID()],
  );
  const { token } = await createApiToken({ name: "prometheus", role: "viewer", expiresAt: null }, null);
  const response = await scrape(token);
  expect(response.headers.get("content-type")).toBe("text/plain; version=0.0.4; charset=utf-8");
  const text = await response.text();
  for (const line of text.trimEnd().split("\n")) {
    expect(line).toMatch(/^(# (HELP|TYPE) [a-z_0-9]+ .+|[a-z_0-9]+(\{[a-z_]+="(\\.|[^"\\])*"(,[a-z_]+="(\\.|[^"\\])*")*\})? [\d.e+-]+)$/);
  }
  expect(text).toContain('muster_devices{state="none",platform="ios"} 2\n');
  expect(text).toContain('muster_push_certificate_expiry_seconds{topic="to\\"pic\\\\"} 1893456000\n');
});
