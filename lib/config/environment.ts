import { accessSync, constants } from "node:fs";
import path from "node:path";
import ipaddr from "ipaddr.js";
import { z } from "zod";

/** Everything an operator can set; README.md names the variables. */
export interface Config {
  /** Base of every URL in a profile; no slash at its end. */
  publicUrl: string;
  host: string;
  port: number;
  /** Null: the embedded database. */
  databaseUrl: string | null;
  /** Absolute. */
  dataDir: string;
  /** 32 bytes, or null when the key is kept in dataDir. */
  masterKey: Buffer | null;
  /** The first owner of an empty database. */
  admin: { email: string; password: string } | null;
  organization: string;
  /** Networks (CIDR) whose forwarding and client-certificate headers count. */
  trustedProxies: string[];
  /** Lower case. */
  clientCertHeader: string | null;
  tls: { certFile: string; keyFile: string } | null;
  /** Certificates (PEM) put into enrollment profiles, for a proxy with a private authority. */
  tlsAnchorsFile: string | null;
  apnsUrl: string;
  apnsCaFile: string | null;
  /** Apple's device assignment service, or a stand-in; no slash at its end. */
  adeUrl: string;
  /** Certificates (PEM) whose devices count as Apple's, beside Apple's own. */
  deviceCaFile: string | null;
  /** Certificates (PEM) whose attestations count, beside Apple's. */
  attestationCaFile: string | null;
  oidc: { issuer: string; clientId: string; clientSecret: string } | null;
  /** Where mail goes out, and from whom. */
  smtp: { url: string; from: string } | null;
  logLevel: "debug" | "info" | "warn" | "error";
  /** Does this node run background jobs? */
  worker: boolean;
}

/** The start stops with these sentences, one for each bad variable. */
export class ConfigError extends Error {
  override readonly name = "ConfigError";
  readonly problems: readonly string[];

  constructor(problems: readonly string[]) {
    super(problems.join("\n"));
    this.problems = problems;
  }
}

const originUrl = z.string().transform((text, context) => {
  const url = URL.canParse(text) ? new URL(text) : null;
  if (url && /^https?:$/.test(url.protocol) && url.pathname === "/" && !url.search && !url.hash && !url.username) return url.origin;
  context.addIssue('must be an http or https address without a path, for example "https://mdm.example.com"');
  return z.NEVER;
});

function urlOf(schemes: readonly string[], example: string) {
  return z.string().refine((text) => URL.canParse(text) && schemes.includes(new URL(text).protocol), {
    error: `must be an address such as "${example}"`,
  });
}

const port = z
  .string()
  .regex(/^\d{1,5}$/, "must be a whole number")
  .transform(Number)
  .refine((value) => value >= 1 && value <= 65535, "must be between 1 and 65535");

const masterKey = z.string().transform((text, context) => {
  const key = /^[0-9a-fA-F]{64}$/.test(text) ? Buffer.from(text, "hex") : Buffer.from(text, "base64");
  if (key.length === 32) return key;
  context.addIssue("must be 32 bytes in hex or base64, for example the output of: openssl rand -base64 32");
  return z.NEVER;
});

const networks = z.string().transform((text, context) =>
  text
    .split(",")
    .map((part) => part.trim())
    .filter((part) => part !== "")
    .map((part) => {
      if (ipaddr.isValidCIDR(part)) return part;
      if (ipaddr.isValid(part)) return `${part}/${ipaddr.parse(part).kind() === "ipv4" ? 32 : 128}`;
      context.addIssue(`must be a comma-separated list of networks such as "10.0.0.0/8"; "${part}" is none`);
      return z.NEVER;
    }),
);

const readableFile = z.string().refine(isReadable, "must name a file that can be read");

function isReadable(file: string): boolean {
  try {
    accessSync(file, constants.R_OK);
    return true;
  } catch {
    return false;
  }
}

const environment = z.object({
  PUBLIC_URL: originUrl.optional(),
  HOST: z.string().default("0.0.0.0"),
  PORT: port.default(3000),
  DATABASE_URL: urlOf(["postgres:", "postgresql:"], "postgresql://user:password@host:5432/muster").optional(),
  DATA_DIR: z.string().default("./data"),
  MASTER_KEY: masterKey.optional(),
  ADMIN_EMAIL: z.email("must be an e-mail address").optional(),
  ADMIN_PASSWORD: z.string().min(12, "must have at least 12 characters").optional(),
  ORGANIZATION: z.string().max(64, "must have at most 64 characters").default("Muster"),
  TRUSTED_PROXIES: networks.default([]),
  CLIENT_CERT_HEADER: z
    .string()
    .regex(/^[A-Za-z0-9-]+$/, 'must be the name of an HTTP header, for example "X-Client-Cert"')
    .transform((name) => name.toLowerCase())
    .optional(),
  TLS_CERT_FILE: readableFile.optional(),
  TLS_KEY_FILE: readableFile.optional(),
  TLS_ANCHORS_FILE: readableFile.optional(),
  APNS_URL: urlOf(["https:"], "https://api.push.apple.com").default("https://api.push.apple.com"),
  APNS_CA_FILE: readableFile.optional(),
  ADE_URL: urlOf(["https:", "http:"], "https://mdmenrollment.apple.com").default("https://mdmenrollment.apple.com"),
  DEVICE_CA_FILE: readableFile.optional(),
  ATTESTATION_CA_FILE: readableFile.optional(),
  OIDC_ISSUER: urlOf(["https:", "http:"], "https://accounts.example.com").optional(),
  OIDC_CLIENT_ID: z.string().optional(),
  OIDC_CLIENT_SECRET: z.string().optional(),
  SMTP_URL: urlOf(["smtp:", "smtps:"], "smtps://user:password@mail.example.com").optional(),
  SMTP_FROM: z.string().regex(/^[^\r\n]*@[^\r\n]+$/, 'must hold an e-mail address, for example "IT <it@example.com>"').optional(),
  LOG_LEVEL: z.enum(["debug", "info", "warn", "error"], "must be debug, info, warn or error").default("info"),
  WORKER: z.enum(["on", "off"], "must be on or off").default("on"),
});
type Environment = z.infer<typeof environment>;

/** Variables that mean something only together. */
const TOGETHER: readonly (readonly (keyof Environment)[])[] = [
  ["ADMIN_EMAIL", "ADMIN_PASSWORD"],
  ["TLS_CERT_FILE", "TLS_KEY_FILE"],
  ["OIDC_ISSUER", "OIDC_CLIENT_ID", "OIDC_CLIENT_SECRET"],
];

/** Reads the whole configuration. An empty variable counts as unset. Throws ConfigError naming every bad variable. */
export function parseEnvironment(source: Readonly<Record<string, string | undefined>>): Config {
  const given = Object.fromEntries(Object.entries(source).filter(([, value]) => value !== undefined && value.trim() !== ""));
  const parsed = environment.safeParse(given);
  const problems = parsed.success ? [] : parsed.error.issues.map((issue) => `${issue.path.join(".")} ${issue.message}.`);
  for (const group of TOGETHER) {
    const missing = group.filter((name) => given[name] === undefined);
    if (missing.length > 0 && missing.length < group.length) {
      problems.push(`${group.join(" and ")} belong together, but ${missing.join(" and ")} is not set.`);
    }
  }
  if (!parsed.success || problems.length > 0) throw new ConfigError(problems);
  return toConfig(parsed.data);
}

function toConfig(env: Environment): Config {
  const { ADMIN_EMAIL: email, ADMIN_PASSWORD: password, TLS_CERT_FILE: certFile, TLS_KEY_FILE: keyFile } = env;
  const { OIDC_ISSUER: issuer, OIDC_CLIENT_ID: clientId, OIDC_CLIENT_SECRET: clientSecret } = env;
  const publicUrl = env.PUBLIC_URL ?? `${certFile ? "https" : "http"}://localhost:${env.PORT}`;
  return {
    publicUrl,
    host: env.HOST,
    port: env.PORT,
    databaseUrl: env.DATABASE_URL ?? null,
    dataDir: path.resolve(env.DATA_DIR),
    masterKey: env.MASTER_KEY ?? null,
    admin: email && password ? { email, password } : null,
    organization: env.ORGANIZATION,
    trustedProxies: env.TRUSTED_PROXIES,
    clientCertHeader: env.CLIENT_CERT_HEADER ?? null,
    tls: certFile && keyFile ? { certFile, keyFile } : null,
    tlsAnchorsFile: env.TLS_ANCHORS_FILE ?? null,
    apnsUrl: env.APNS_URL.replace(/\/+$/, ""),
    apnsCaFile: env.APNS_CA_FILE ?? null,
    adeUrl: env.ADE_URL.replace(/\/+$/, ""),
    deviceCaFile: env.DEVICE_CA_FILE ?? null,
    attestationCaFile: env.ATTESTATION_CA_FILE ?? null,
    oidc: issuer && clientId && clientSecret ? { issuer, clientId, clientSecret } : null,
    smtp: env.SMTP_URL === undefined ? null : { url: env.SMTP_URL, from: env.SMTP_FROM ?? `Muster <muster@${new URL(publicUrl).hostname}>` },
    logLevel: env.LOG_LEVEL,
    worker: env.WORKER === "on",
  };
}
