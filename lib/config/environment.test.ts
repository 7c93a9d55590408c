import path from "node:path";
import { expect, test } from "vitest";
import { ConfigError, parseEnvironment } from "./environment";

function problemsOf(environment: Record<string, string>): readonly string[] {
  try {
    parseEnvironment(environment);
    return [];
  } catch (error) {
    if (error instanceof ConfigError) return error.problems;
    throw error;
  }
}

test("without any variable everything has a value", () => {
  expect(parseEnvironment({})).toEqual({
    publicUrl: "http://localhost:3000",
    host: "0.0.0.0",
    port: 3000,
    databaseUrl: null,
    dataDir: path.resolve("data"),
    masterKey: null,
    admin: null,
    organization: "Muster",
    trustedProxies: [],
    clientCertHeader: null,
    tls: null,
    tlsAnchorsFile: null,
    apnsUrl: "https://api.push.apple.com",
    apnsCaFile: null,
    adeUrl: "https://mdmenrollment.apple.com",
    deviceCaFile: null,
    attestationCaFile: null,
    oidc: null,
    smtp: null,
    logLevel: "info",
    worker: true,
  });
});

test("an empty variable counts as unset", () => {
  expect(parseEnvironment({ PORT: "", DATABASE_URL: " ", MASTER_KEY: "" })).toMatchObject({ port: 3000, databaseUrl: null, masterKey: null });
});

test("the default public URL follows port and TLS", () => {
  expect(parseEnvironment({ PORT: "8080" }).publicUrl).toBe("http://localhost:8080");
  expect(parseEnvironment({ PORT: "8443", TLS_CERT_FILE: "package.json", TLS_KEY_FILE: "package.json" }).publicUrl).toBe("https://localhost:8443");
});

test("a public URL loses the slash at its end", () => {
  expect(parseEnvironment({ PUBLIC_URL: "https://mdm.example.com/" }).publicUrl).toBe("https://mdm.example.com");
});

test("a master key may be hex or base64", () => {
  const key = Buffer.alloc(32, 7);
  for (const text of [key.toString("hex"), key.toString("base64")]) {
    expect(parseEnvironment({ MASTER_KEY: text }).masterKey).toEqual(key);
  }
});

test("a proxy may be a network or an address", () => {
  expect(parseEnvironment({ TRUSTED_PROXIES: "10.0.0.0/8, 192.0.2.7,2001:db8::1" }).trustedProxies).toEqual(["10.0.0.0/8", "192.0.2.7/32", "2001:db8::1/128"]);
});

test.each([
  ["PUBLIC_URL", "mdm.example.com"],
  ["PUBLIC_URL", "https://example.com/mdm"],
  ["PORT", "http"],
  ["PORT", "70000"],
  ["DATABASE_URL", "mysql://localhost/muster"],
  ["MASTER_KEY", "too short"],
  ["TRUSTED_PROXIES", "10.0.0.0/8,proxy.example.com"],
  ["CLIENT_CERT_HEADER", "X Client Cert"],
  ["APNS_URL", "api.push.apple.com"],
  ["APNS_CA_FILE", "nowhere.pem"],
  ["LOG_LEVEL", "loud"],
  ["WORKER", "yes"],
])("a bad %s (%s) is told in one sentence that names it", (name, value) => {
  const problems = problemsOf({ [name]: value });
  expect(problems).toHaveLength(1);
  expect(problems[0]).toMatch(new RegExp(`^${name} must .*\\.$`));
});

test("the value of a secret never stands in the sentence", () => {
  const secret = "hunter2";
  const problems = problemsOf({ ADMIN_EMAIL: "it@example.com", ADMIN_PASSWORD: secret, MASTER_KEY: secret, SMTP_URL: secret, DATABASE_URL: secret });
  expect(problems).toHaveLength(4);
  expect(problems.join()).not.toContain(secret);
});

test("all bad variables are listed at once", () => {
  expect(problemsOf({ PORT: "x", WORKER: "x", ADMIN_EMAIL: "it@example.com" })).toEqual([
    "PORT must be a whole number.",
    "WORKER must be on or off.",
    "ADMIN_EMAIL and ADMIN_PASSWORD belong together, but ADMIN_PASSWORD is not set.",
  ]);
});
