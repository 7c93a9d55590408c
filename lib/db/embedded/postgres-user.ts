import { execFileSync } from "node:child_process";
import { chmodSync, chownSync, statSync } from "node:fs";
import { binary } from "./binaries";

/** How a program of PostgreSQL is started: it refuses to run as root. */
export interface Runner {
  /** Gives the folder to the user that PostgreSQL runs as. */
  adoptFolder(folder: string): void;
  /** Command line and user for `program`. */
  command(program: string, args: readonly string[]): { file: string; args: string[]; uid?: number; gid?: number };
}

const ASIS: Runner = {
  adoptFolder: () => undefined,
  command: (program, args) => ({ file: program, args: [...args] }),
};

/**
 * Picks the user for PostgreSQL: ourselves, or for root the user postgres or nobody. Where that user cannot
 * enter our folders (a checkout under /root), it gets the one capability to pass them, by setpriv(1).
 */
export function runnerFor(dataDir: string, folder: string): Runner {
  if (process.getuid?.() !== 0) return ASIS;
  const { uid, gid } = unprivilegedUser();
  const adoptFolder = (path: string): void => chownSync(path, uid, gid);
  adoptFolder(folder);
  chmodSync(dataDir, (statSync(dataDir).mode & 0o777) | 0o011);
  const plain: Runner = { adoptFolder, command: (file, args) => ({ file, args: [...args], uid, gid }) };
  // no_setuid_fixup: or access(2), by which initdb looks for its programs, would not count the capability.
  const privileges = ["--securebits=+no_setuid_fixup", "--inh-caps=+dac_override", "--ambient-caps=+dac_override"];
  const user = [`--reuid=${uid}`, `--regid=${gid}`, "--clear-groups"];
  const capable: Runner = { adoptFolder, command: (file, args) => ({ file: "setpriv", args: [...user, ...privileges, file, ...args] }) };
  for (const runner of [plain, capable]) if (canWork(runner, folder)) return runner;
  throw new Error(
    `The embedded database does not run as root, and an ordinary user cannot enter ${folder}. ` +
      "Start Muster as an ordinary user, or from a folder that everybody may enter, or set DATABASE_URL.",
  );
}

function unprivilegedUser(): { uid: number; gid: number } {
  for (const name of ["postgres", "nobody"]) {
    try {
      const [uid, gid] = ["-u", "-g"].map((flag) => Number(execFileSync("id", [flag, name], { stdio: ["ignore", "pipe", "ignore"] })));
      if (uid && gid) return { uid, gid };
    } catch {
      // no such user: try the next
    }
  }
  throw new Error("The embedded database does not run as root, and there is neither a user postgres nor nobody. Set DATABASE_URL or start Muster as an ordinary user.");
}

function canWork(runner: Runner, folder: string): boolean {
  const { file, args, ...user } = runner.command("/bin/sh", ["-c", 'test -x "$1" && cd "$2" && test -w .', "sh", binary("postgres"), folder]);
  try {
    execFileSync(file, args, { ...user, stdio: "ignore", cwd: "/" });
    return true;
  } catch {
    return false;
  }
}
