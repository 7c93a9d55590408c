import { randomBytes } from "node:crypto";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import http from "node:http";
import https from "node:https";
import net from "node:net";
import os from "node:os";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { ApiClient } from "./api-client";
import { dropDatabase, onServer, urlOfDatabase } from "./database-admin";
import { readPostmaster, stopPostmaster } from "./embedded-postmaster";
import { listen, shut } from "./local-server";
import { RunningProcess } from "./running-process";

const ROOT = fileURLToPath(new URL("../..", import.meta.url));
const SERVER = path.join(ROOT, "dist/server.mjs");
const READY_TIMEOUT_MS = 60_000;

export const ADMIN = { email: "owner@example.com", password: "correct horse battery" } as const;

/** The built server in a process of its own, with its own DATA_DIR and database. */
export class MusterServer {
  readonly url: string;
  readonly dataDir: string;
  readonly #environment: NodeJS.ProcessEnv;
  readonly #ownDatabase: OwnDatabase | null;
  #process: RunningProcess;
  #earlierLogs = "";

  private constructor(url: string, dataDir: string, environment: NodeJS.ProcessEnv, ownDatabase: OwnDatabase | null) {
    this.url = url;
    this.dataDir = dataDir;
    this.#environment = environment;
    this.#ownDatabase = ownDatabase;
    this.#process = this.#spawn();
  }

  static async start(options: StartOptions): Promise<MusterServer> {
    if (!existsSync(SERVER)) throw new Error("dist/server.mjs is not there; run: npm run build");
    const port = await freePort();
    const url = `${options.env?.TLS_CERT_FILE === undefined ? "http" : "https"}://localhost:${port}`;
    const dataDir = mkdtempSync(path.join(os.tmpdir(), "muster-"));
    const isElsewhere = options.embedded === true || options.env?.["DATABASE_URL"] !== undefined;
    const serverUrl = isElsewhere ? undefined : process.env["DATABASE_URL"];
    const ownDatabase = serverUrl ? await makeDatabase(serverUrl) : null;
    const environment: NodeJS.ProcessEnv = {
      ...withoutSettings(process.env),
      NODE_ENV: "production",
      HOST: "127.0.0.1",
      PORT: String(port),
      PUBLIC_URL: url,
      DATA_DIR: dataDir,
      ADMIN_EMAIL: ADMIN.email,
      ADMIN_PASSWORD: ADMIN.password,
      ...(ownDatabase === null ? {} : { DATABASE_URL: ownDatabase.url }),
      ...options.env,
    };
    const server = new MusterServer(environment["PUBLIC_URL"] ?? url, dataDir, environment, ownDatabase);
    await server.#untilReadyOrGone();
    return server;
  }

  get pid(): number {
    return this.#process.pid;
  }

  /** As the owner at this machine, by DATA_DIR/local-token; outlives restarts. */
  get api(): ApiClient {
    return new ApiClient(this.url, () => readFileSync(path.join(this.dataDir, "local-token"), "utf8").trim());
  }

  get databaseUrl(): string {
    const given = this.#environment["DATABASE_URL"];
    if (given !== undefined) return given;
    const postmaster = readPostmaster(this.dataDir);
    if (postmaster === null) throw new Error("the embedded database does not run");
    return postmaster.url;
  }

  /** Everything it has printed, over all its lives. */
  get logs(): string {
    return this.#earlierLogs + this.#process.output;
  }

  /** SIGKILL: no last words, no orderly end. An embedded database stays behind, as after a crash. */
  async kill(): Promise<void> {
    await this.#process.end("SIGKILL");
  }

  /** Starts it again with the same data and address, after a kill or with an orderly end first. */
  async restart(): Promise<void> {
    await this.#process.end("SIGTERM");
    this.#earlierLogs += this.#process.output;
    this.#process = this.#spawn();
    await this.#untilReadyOrGone();
  }

  /** Ends it and removes its data. */
  async stop(): Promise<void> {
    await this.#process.end("SIGTERM");
    await stopPostmaster(this.dataDir);
    await this.#ownDatabase?.drop();
    rmSync(this.dataDir, { recursive: true, force: true });
  }

  #spawn(): RunningProcess {
    return new RunningProcess(process.execPath, [SERVER], { cwd: ROOT, env: this.#environment });
  }

  async #untilReadyOrGone(): Promise<void> {
    try {
      await this.#untilReady();
    } catch (error) {
      await this.stop();
      throw error;
    }
  }

  async #untilReady(): Promise<void> {
    const deadline = Date.now() + READY_TIMEOUT_MS;
    while (!(await isReady(this.url))) {
      if (!this.#process.running) throw new Error(`the server ended before it was ready:\n${this.#process.output}`);
      if (Date.now() > deadline) throw new Error(`the server was not ready in time:\n${this.#process.output}`);
      await sleep(50);
    }
  }
}

export interface StartOptions {
  /** On top of the settings of a test server; with a DATABASE_URL it is one more node on that database. */
  env?: Record<string, string>;
  /** The embedded database, even when the test run has a DATABASE_URL. */
  embedded?: boolean;
}

/** Starts the built server and waits until /readyz says yes; without DATABASE_URL on an embedded database. */
export function startMuster(options: StartOptions = {}): Promise<MusterServer> {
  return MusterServer.start(options);
}

interface OwnDatabase {
  url: string;
  drop(): Promise<void>;
}

async function makeDatabase(serverUrl: string): Promise<OwnDatabase> {
  const name = `muster_test_${randomBytes(8).toString("hex")}`;
  await onServer(serverUrl, `CREATE DATABASE "${name}"`);
  return { url: urlOfDatabase(serverUrl, name), drop: () => dropDatabase(serverUrl, name) };
}

/** The environment of the test run without anything that configures Muster or the test runner. */
function withoutSettings(environment: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const kept = ["PATH", "HOME", "TMPDIR", "LANG", "TZ"];
  return Object.fromEntries(Object.entries(environment).filter(([name]) => kept.includes(name))) as NodeJS.ProcessEnv;
}

/** Whose certificate it is does not matter here. */
function isReady(url: string): Promise<boolean> {
  return new Promise((resolve) => {
    const { get } = url.startsWith("https:") ? https : http;
    const request = get(`${url}/readyz`, { rejectUnauthorized: false, timeout: 2_000 }, (response) => {
      response.resume();
      resolve(response.statusCode === 200);
    });
    request.on("timeout", () => request.destroy());
    request.on("error", () => resolve(false));
  });
}

/** A port that nobody listened on a moment ago. */
export async function freePort(): Promise<number> {
  const probe = net.createServer();
  const port = await listen(probe);
  await shut(probe);
  return port;
}
