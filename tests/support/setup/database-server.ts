import { randomBytes } from "node:crypto";
import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import type { TestProject } from "vitest/node";
import { startEmbedded } from "@/lib/db/embedded/embedded-database";
import { migrate } from "@/lib/db/migrate";
import { dropDatabase, onServer, urlOfDatabase } from "../database-admin";

declare module "vitest" {
  interface ProvidedContext {
    /** A database with every migration applied, which test databases are copied from. */
    templateUrl: string;
  }
}

const PREFIX = "muster-test-";

/** Once per test run: a database server (DATABASE_URL's, or an embedded one without fsync) and the template. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  await removeLeftovers();
  const server = process.env.DATABASE_URL ? { url: process.env.DATABASE_URL, stop: async () => undefined } : await embeddedServer();
  const template = `muster_template_${randomBytes(6).toString("hex")}`;
  const templateUrl = urlOfDatabase(server.url, template);
  await onServer(server.url, `CREATE DATABASE "${template}"`);
  await migrate(templateUrl);
  project.provide("templateUrl", templateUrl);
  return async () => {
    await dropDatabase(server.url, template);
    await server.stop();
  };
}

async function embeddedServer(): Promise<{ url: string; stop(): Promise<void> }> {
  const folder = mkdtempSync(path.join(os.tmpdir(), `${PREFIX}${process.pid}-`));
  const embedded = await startEmbedded(folder, { fsync: "off", full_page_writes: "off", max_connections: "300" });
  return {
    url: embedded.url,
    async stop() {
      await embedded.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** A run that was killed left its server behind. */
async function removeLeftovers(): Promise<void> {
  for (const name of readdirSync(os.tmpdir())) {
    const pid = Number(new RegExp(`^${PREFIX}(\\d+)-`).exec(name)?.[1] ?? process.pid);
    if (isAlive(pid)) continue;
    const folder = path.join(os.tmpdir(), name);
    const leftover = await startEmbedded(folder).catch(() => null);
    await leftover?.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}
