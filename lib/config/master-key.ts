import { hkdfSync, randomBytes } from "node:crypto";
import { linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { config } from "./config";
import { processWide } from "./process-wide";

/** 32 bytes: MASTER_KEY, or the file master.key in DATA_DIR, which is made at the first call. */
export function masterKey(): Buffer {
  return processWide("master-key", () => config().masterKey ?? keyFromFile(config().dataDir));
}

/** A key of 32 bytes for one purpose: HKDF-SHA256 (RFC 5869) of the master key. */
export function deriveKey(purpose: string): Buffer {
  return Buffer.from(hkdfSync("sha256", masterKey(), Buffer.alloc(0), `muster ${purpose}`, 32));
}

/** Reads or makes the key file (mode 0600). Two processes that start together end with the same key. */
export function keyFromFile(dataDir: string): Buffer {
  const file = path.join(dataDir, "master.key");
  return readKey(file) ?? makeKey(file);
}

function readKey(file: string): Buffer | null {
  let text: string;
  try {
    text = readFileSync(file, "utf8").trim();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return null;
    throw error;
  }
  const key = Buffer.from(text, "base64");
  // A wrong key must never be replaced by a new one: everything sealed would be lost.
  if (key.length !== 32) throw new Error(`${file} does not hold a key of 32 bytes in base64`);
  return key;
}

function makeKey(file: string): Buffer {
  mkdirSync(path.dirname(file), { recursive: true, mode: 0o700 });
  const draft = `${file}.${process.pid}`;
  writeFileSync(draft, `${randomBytes(32).toString("base64")}\n`, { mode: 0o600, flush: true });
  try {
    linkSync(draft, file); // fails where another process was first, and never shows half a file
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
  } finally {
    rmSync(draft, { force: true });
  }
  const key = readKey(file);
  if (!key) throw new Error(`${file} vanished while it was made`);
  return key;
}
