import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, readlinkSync, renameSync, rmSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { binary, POSTGRES_MAJOR } from "./binaries";
import { runnerFor, type Runner } from "./postgres-user";

/** The only user of the embedded database: whoever may enter the socket's folder (mode 0700) is trusted. */
export const EMBEDDED_USER = "muster";

export interface DataFolder {
  /** PostgreSQL's own data directory. */
  data: string;
  /** Folder of the Unix socket; there is no TCP port. */
  socket: string;
  logFile: string;
  runner: Runner;
}

/** PostgreSQL gets none of our variables. */
export const POSTGRES_ENVIRONMENT = { PATH: "/usr/local/bin:/usr/bin:/bin", LC_ALL: "C.UTF-8", TZ: "UTC" } as Partial<NodeJS.ProcessEnv> as NodeJS.ProcessEnv;

/** Finds or makes the database below `dataDir`. Throws when its version is another one. */
export function prepareDataFolder(dataDir: string): DataFolder {
  mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  const folder = path.join(dataDir, "postgres");
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const runner = runnerFor(dataDir, folder);
  const data = path.join(folder, "data");
  if (!existsSync(path.join(data, "PG_VERSION"))) initialize(data, runner);
  const version = Number(readFileSync(path.join(data, "PG_VERSION"), "utf8"));
  if (version !== POSTGRES_MAJOR) {
    throw new Error(`${data} was made by PostgreSQL ${version}, and this Muster brings PostgreSQL ${POSTGRES_MAJOR}. Move the data with pg_dump of the older Muster.`);
  }
  return { data, socket: socketFolder(folder, runner), logFile: path.join(folder, "postgres.log"), runner };
}

/** initdb works under another name, so that an interrupted one never looks finished. */
function initialize(data: string, runner: Runner): void {
  const draft = `${data}.new`;
  rmSync(draft, { recursive: true, force: true });
  const options = ["--auth-local=trust", "--auth-host=reject", "--encoding=UTF8", "--locale=C.UTF-8", "--data-checksums"];
  const { file, args, ...user } = runner.command(binary("initdb"), ["-D", draft, "-U", EMBEDDED_USER, ...options]);
  try {
    execFileSync(file, args, { ...user, cwd: path.dirname(data), env: POSTGRES_ENVIRONMENT, stdio: ["ignore", "ignore", "pipe"] });
  } catch (cause) {
    const said = (cause as { stderr?: Buffer }).stderr?.toString().trim();
    throw new Error(`The embedded database could not be made in ${data}: ${said ?? String(cause)}`, { cause });
  }
  renameSync(draft, data);
}

/** The address of a Unix socket has at most 107 bytes (103 on macOS); longer folders get one in the temporary folder. */
function socketFolder(folder: string, runner: Runner): string {
  if (Buffer.byteLength(path.join(folder, ".s.PGSQL.5432")) <= 100) return folder;
  const name = `muster-${createHash("sha256").update(folder).digest("hex").slice(0, 16)}`;
  const short = path.join(os.tmpdir(), name);
  mkdirSync(short, { recursive: true, mode: 0o700 });
  runner.adoptFolder(short);
  return short;
}

/**
 * PostgreSQL refuses to start while postmaster.pid names a living process, be it a zombie or a stranger that got
 * the number again (containers). Removes the file when no living process works in the data directory; every
 * process of PostgreSQL does.
 */
export function removeStalePidFile(data: string): void {
  if (process.platform !== "linux") return;
  for (const entry of readdirSync("/proc")) {
    if (/^\d+$/.test(entry) && worksIn(entry, data)) return;
  }
  rmSync(path.join(data, "postmaster.pid"), { force: true });
}

function worksIn(pid: string, data: string): boolean {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
    const state = stat.slice(stat.lastIndexOf(")") + 2)[0];
    return state !== "Z" && readlinkSync(`/proc/${pid}/cwd`) === data;
  } catch {
    return false; // it ended meanwhile
  }
}
