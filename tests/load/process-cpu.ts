import { readdirSync, readFileSync } from "node:fs";

/** Linux counts in hundredths of a second, whatever its kernel ticks at. */
const TICKS_PER_SECOND = 100;

interface ProcessTimes {
  parent: number;
  own: number;
  /** Of children that have ended and were waited for. */
  ended: number;
}

/** CPU seconds of the app so far, and of the database server with all of its processes; null where there is no /proc. */
export function cpuSeconds(appPid: number, postmasterPid: number): { app: number; database: number } | null {
  const app = readTimes(appPid);
  const postmaster = readTimes(postmasterPid);
  if (app === null || postmaster === null) return null;
  const backends = readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .map((name) => readTimes(Number(name)))
    .filter((times) => times?.parent === postmasterPid)
    .reduce((sum, times) => sum + (times?.own ?? 0), 0);
  return { app: app.own, database: postmaster.own + postmaster.ended + backends };
}

/** CPU seconds of one process so far; null where there is no /proc. */
export function ownCpuSeconds(pid: number): number | null {
  return readTimes(pid)?.own ?? null;
}

/** Resident memory in MiB; null where there is no /proc. */
export function residentMebibytes(pid: number): number | null {
  try {
    const kibibytes = /^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, "latin1"))?.[1];
    return kibibytes === undefined ? null : Number(kibibytes) / 1024;
  } catch {
    return null;
  }
}

/** proc(5): fields 4 and 14 to 17 of /proc/<pid>/stat; field 2, the name, may hold spaces and parentheses. */
function readTimes(pid: number): ProcessTimes | null {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, "latin1");
    const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ").map(Number);
    const at = (number: number): number => fields[number - 3] ?? 0;
    return { parent: at(4), own: (at(14) + at(15)) / TICKS_PER_SECOND, ended: (at(16) + at(17)) / TICKS_PER_SECOND };
  } catch {
    return null;
  }
}
