import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";

/** Null when the program is there; the reason to skip otherwise. */
export const opensslMissing: string | null = (() => {
  try {
    execFileSync("openssl", ["version"], { stdio: "pipe" });
    return null;
  } catch {
    return "openssl is not installed";
  }
})();

/**
 * Runs openssl in a folder of its own, into which `files` are written; answers the file `out`, or what it printed.
 * Throws with openssl's complaint when it fails.
 */
export function openssl(args: string[], files: Record<string, Buffer | string> = {}, out: string | null = null): Buffer {
  const folder = mkdtempSync(path.join(tmpdir(), "openssl-"));
  try {
    for (const [name, content] of Object.entries(files)) writeFileSync(path.join(folder, name), content);
    const printed = execFileSync("openssl", args, { cwd: folder, stdio: "pipe" });
    return out === null ? printed : readFileSync(path.join(folder, out));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
