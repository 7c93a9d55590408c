import { spawnSync } from "node:child_process";
import { generateKeyPairSync } from "node:crypto";
import os from "node:os";
import path from "node:path";
import { expect, test } from "vitest";
import { problem } from "@/lib/contracts/common";
import { testAuthority } from "../support/apns-certificates";
import { TOPIC, withStage } from "../support/stage";

const stage = withStage();

function post(pathname: string, body: string | Buffer, headers: Record<string, string> = {}): Promise<Response> {
  return stage.api.request("POST", pathname, { headers: { "content-type": "application/json", ...headers }, rawBody: body });
}

test("malformed JSON is 422 with a pointer, another media type 415, a body over 10 MiB 413: all of them problem details", async () => {
  const answers = [
    [await post("/enrollment-links", `{"name": "x",`), 422, "invalid-input"],
    [await post("/enrollment-links", `name=x`, { "content-type": "application/x-www-form-urlencoded" }), 415, "unsupported-media-type"],
    [await post("/enrollment-links", Buffer.alloc(11 * 1024 * 1024, 0x20)), 413, "payload-too-large"],
    [await stage.api.request("GET", "/devices/not-an-id"), 404, "not-found"],
    [await stage.api.request("GET", "/nothing-here"), 404, "not-found"],
    [await stage.api.withToken("nonsense").request("GET", "/devices"), 401, "signed-out"],
    [await stage.api.withToken(null).request("GET", "/devices"), 401, "signed-out"],
  ] as const;
  for (const [answer, status, code] of answers) {
    expect(answer.status).toBe(status);
    expect(answer.headers.get("content-type")).toBe("application/problem+json");
    const details = problem.parse(await answer.json());
    expect(details).toMatchObject({ status, code });
    expect(answer.headers.get("x-request-id")).toBe(details.requestId);
  }
});

test("a viewer may look and not touch", async () => {
  const { id } = await stage.enrolledDevice();
  const { token } = await stage.api.call("createApiToken", { body: { name: "viewer", role: "viewer" } });
  const viewer = stage.api.withToken(token);
  expect((await viewer.call("getDevice", { params: { id } })).id).toBe(id);
  for (const attempt of [
    () => viewer.call("sendCommand", { params: { id }, body: { requestType: "RestartDevice" } }),
    () => viewer.call("createLink", { body: { name: "x" } }),
    () => viewer.call("terminateDevice", { params: { id }, body: { method: "unauthorized" } }),
    () => viewer.call("createApiToken", { body: { name: "mine", role: "owner" } }),
  ]) {
    await expect(attempt()).rejects.toMatchObject({ status: 403, problem: { code: "forbidden" } });
  }
});

test("a token that was revoked or has expired opens nothing", async () => {
  const made = await stage.api.call("createApiToken", { body: { name: "short", role: "viewer", expiresAt: new Date(Date.now() + 1_000).toISOString() } });
  const revoked = await stage.api.call("createApiToken", { body: { name: "gone", role: "viewer" } });
  await stage.api.call("revokeApiToken", { params: { id: revoked.id } });
  await new Promise((resolve) => setTimeout(resolve, 1_200));
  for (const token of [made.token, revoked.token]) await expect(stage.api.withToken(token).call("me")).rejects.toMatchObject({ status: 401 });
});

test("a push certificate is held against a table of checks", async () => {
  const other = await testAuthority("CN=APNs stand-in CA");
  const good = await stage.apns.mintPushCertificate({ topic: TOPIC });
  const strangerKey = generateKeyPairSync("rsa", { modulusLength: 2048 }).privateKey.export({ type: "pkcs8", format: "pem" }).toString();
  const foreign = await other.issuePush({ topic: TOPIC });
  const untopical = await stage.apns.mintPushCertificate({ topic: TOPIC, userId: null });
  for (const [certificatePem, privateKeyPem] of [
    [good.certificatePem, strangerKey],
    [foreign.certificatePem, foreign.privateKeyPem],
    [untopical.certificatePem, untopical.privateKeyPem],
    ["not a certificate", "not a key"],
  ] as const) {
    await expect(stage.api.call("uploadPushCertificate", { body: { certificatePem, privateKeyPem } })).rejects.toMatchObject({ status: 422, problem: { code: "certificate-refused" } });
  }
  const p12 = await stage.apns.mintPkcs12({ topic: TOPIC }, "secret");
  await expect(stage.api.call("uploadPushCertificate", { body: { pkcs12: p12.toString("base64"), password: "wrong" } })).rejects.toMatchObject({ status: 422 });
  const uploaded = await stage.api.call("uploadPushCertificate", { body: { pkcs12: p12.toString("base64"), password: "secret" } });
  expect(uploaded.topic).toBe(TOPIC);
  expect(uploaded.checks.every((check) => check.passed)).toBe(true);
});

test("another topic is refused with the number of devices it would lose, until the sentence is typed", async () => {
  await stage.enrolledDevice();
  const pair = await stage.apns.mintPushCertificate({ topic: "com.apple.mgmt.External.another" });
  const body = { certificatePem: pair.certificatePem, privateKeyPem: pair.privateKeyPem };
  const refusal = await stage.api.call("uploadPushCertificate", { body }).catch((error: unknown) => error);
  expect(refusal).toMatchObject({ status: 409, problem: { code: "topic-change", meta: { currentTopic: TOPIC } } });
  const meta = (refusal as { problem: { meta: { confirmation: string; enrollments: number } } }).problem.meta;
  expect(meta.enrollments).toBeGreaterThan(0);
  expect(meta.confirmation).toBe(`I will re-enroll ${meta.enrollments} devices`);
  await expect(stage.api.call("uploadPushCertificate", { body: { ...body, confirmTopicChange: "yes" } })).rejects.toMatchObject({ status: 409 });
  expect((await stage.api.call("uploadPushCertificate", { body: { ...body, confirmTopicChange: meta.confirmation } })).topic).toBe("com.apple.mgmt.External.another");
});

test("bad settings stop the start with one sentence for each", () => {
  const env = { PATH: process.env.PATH ?? "", NODE_ENV: "production", DATA_DIR: path.join(os.tmpdir(), "never-made"), PORT: "eighty", PUBLIC_URL: "mdm.example.com", MASTER_KEY: "short", ADMIN_EMAIL: "a@example.com" };
  const { status, stderr, stdout } = spawnSync(process.execPath, ["dist/server.mjs"], { env: env as unknown as NodeJS.ProcessEnv, encoding: "utf8", timeout: 30_000 });
  expect(status).toBe(1);
  for (const name of ["PORT", "PUBLIC_URL", "MASTER_KEY", "ADMIN_PASSWORD"]) expect(stderr).toContain(name);
  expect(stderr + stdout).not.toContain("    at ");
});
