// npm run prisma -- <arguments>: Prisma's CLI with the WASM schema engine, by default on a throw-away database.
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { startEmbedded } from "@/lib/db/embedded/embedded-database";

function runPrisma(databaseUrl: string): number {
  const environment = {
    ...process.env,
    DATABASE_URL: databaseUrl,
    PRISMA_SCHEMA_ENGINE_BINARY: path.resolve("scripts/schema-engine-shim.mjs"),
    PRISMA_HIDE_UPDATE_MESSAGE: "1",
    CHECKPOINT_DISABLE: "1",
  };
  const prisma = path.resolve("node_modules/prisma/build/index.js");
  return spawnSync(process.execPath, [prisma, ...process.argv.slice(2)], { stdio: "inherit", env: environment }).status ?? 1;
}

async function onThrowAwayDatabase(work: (url: string) => number): Promise<number> {
  const folder = mkdtempSync(path.join(os.tmpdir(), "muster-prisma-"));
  const embedded = await startEmbedded(folder, { fsync: "off" });
  try {
    return work(embedded.url);
  } finally {
    await embedded.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

const given = process.env.DATABASE_URL;
process.exitCode = given ? runPrisma(given) : await onThrowAwayDatabase(runPrisma);
