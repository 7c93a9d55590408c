// Brings a checkout to where it can run: packages, Prisma client, build. Plain Node: it works before anything is installed.
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { brotliCompressSync, gzipSync } from "node:zlib";

export const ROOT = path.resolve(path.dirname(fileURLToPath(import.meta.url)), "..");

/** What the build is made of. */
const SOURCES = [
  "app", "components", "lib", "server", "public", "proxy.ts", "instrumentation.ts",
  "prisma/schema.prisma", "tests/support", "next.config.js", "postcss.config.mjs", "scripts/prepare.mjs", "package-lock.json",
];

/** A sentence for the person at the keyboard; no stack trace. */
export class PrepareError extends Error {}

/** Prisma and Next name these versions. */
export function checkNode(version = process.versions.node) {
  const [major = 0, minor = 0] = version.split(".").map(Number);
  const isEnough = major === 20 ? minor >= 19 : major === 22 ? minor >= 12 : major === 23 || major >= 24;
  if (!isEnough) {
    throw new PrepareError(`Muster needs Node.js 20.19 or newer (22.12 of the 22 line; 24 is recommended). This is ${version}.`);
  }
}

/** Installs packages, generates the Prisma client and builds, each only where it is not up to date. */
export function prepare({ build = true } = {}) {
  process.chdir(ROOT);
  checkNode();
  installPackages();
  generateClient();
  if (build) buildServer();
}

function installPackages() {
  if (isInstalled()) return;
  say("Installing npm packages (about a minute) …");
  const npm = process.env.npm_execpath?.endsWith(".js") ? [process.execPath, process.env.npm_execpath] : ["npm"];
  // Said outright, because NODE_ENV=production or a user's npmrc would leave them out.
  run([...npm, "ci", "--include=dev", "--include=optional", "--no-audit", "--no-fund", "--loglevel=error"], "npm could not install the packages.");
}

/** npm writes node_modules/.package-lock.json when it is done: does it hold what package-lock.json wants? */
function isInstalled() {
  const have = readJson("node_modules/.package-lock.json")?.packages;
  if (!have) return false;
  const wanted = Object.entries(readJson("package-lock.json").packages);
  return wanted.every(([place, { version, optional }]) => place === "" || optional || have[place]?.version === version);
}

function generateClient() {
  const hash = hashOf(["prisma/schema.prisma", "package-lock.json"]);
  if (isStamped("prisma/generated", hash) && existsSync("prisma/generated/client.ts")) return;
  say("Generating the Prisma client …");
  // `prisma generate` looks for its schema engine but never runs it: any program keeps it from a download.
  const environment = { PRISMA_SCHEMA_ENGINE_BINARY: process.execPath, PRISMA_HIDE_UPDATE_MESSAGE: "1", CHECKPOINT_DISABLE: "1" };
  const prisma = [process.execPath, "node_modules/prisma/build/index.js", "generate"];
  run(prisma, "The Prisma client could not be generated.", environment);
  stamp("prisma/generated", hash);
}

function buildServer() {
  const hash = hashOf(SOURCES);
  if (isStamped("dist", hash) && existsSync("dist/server.mjs") && existsSync(".next/BUILD_ID")) return;
  say("Building (about half a minute) …");
  rmSync("dist", { recursive: true, force: true });
  const next = [process.execPath, "node_modules/next/dist/bin/next", "build"];
  run(next, "The build failed.", { NODE_ENV: "production", NEXT_TELEMETRY_DISABLED: "1" });
  compressStatic();
  bundleServer();
  stamp("dist", hash);
}

/** Once, as small as can be, instead of at every request: `server/static-files.ts` serves these. */
function compressStatic() {
  const files = filesBelow(".next/static").filter((file) => /\.(js|css|json|svg)$/.test(file));
  for (const file of files) {
    const content = readFileSync(file);
    writeFileSync(`${file}.br`, brotliCompressSync(content));
    writeFileSync(`${file}.gz`, gzipSync(content, { level: 9 }));
  }
}

/** One file for our server, one for the simulated devices it can start; packages stay in node_modules, where Next's bundles find the same copies. */
function bundleServer() {
  const options = ["--bundle", "--platform=node", "--format=esm", "--target=node20", "--packages=external", "--sourcemap", "--log-level=warning"];
  // "server-only" throws outside of Next's bundles, and this file runs nowhere else than on the server.
  const aliases = ["--alias:server-only=./scripts/nothing.mjs"];
  for (const [entry, file] of [["server/main.ts", "server"], ["tests/support/simulate.ts", "simulate"]]) {
    run(["node_modules/.bin/esbuild", entry, ...options, ...aliases, `--outfile=dist/${file}.mjs`], `${entry} could not be bundled.`);
  }
}

/** SHA-256 over names and contents of all files below `places`, tests left out. */
function hashOf(places) {
  const hash = createHash("sha256");
  for (const file of places.flatMap(filesBelow)) hash.update(`${file}\0`).update(readFileSync(file)).update("\0");
  return hash.digest("hex");
}

function filesBelow(place) {
  if (!existsSync(place)) return [];
  if (!statSync(place).isDirectory()) return [place];
  const files = readdirSync(place, { recursive: true }).map((name) => path.join(place, name));
  return files.filter((file) => !/\.test\.tsx?$/.test(file) && statSync(file).isFile()).sort();
}

const stampFile = (folder) => path.join(folder, ".stamp");
const isStamped = (folder, hash) => existsSync(stampFile(folder)) && readFileSync(stampFile(folder), "utf8") === hash;

function stamp(folder, hash) {
  mkdirSync(folder, { recursive: true });
  writeFileSync(stampFile(folder), hash);
}

const readJson = (file) => (existsSync(file) ? JSON.parse(readFileSync(file, "utf8")) : null);
const say = (text) => console.log(`muster: ${text}`);

/** Runs a program; what it prints is shown only when it fails. */
function run([program, ...args], failure, environment = {}) {
  const { status, error, stdout, stderr } = spawnSync(program, args, { env: { ...process.env, ...environment }, maxBuffer: 64 * 1024 * 1024 });
  if (status === 0) return;
  process.stderr.write(Buffer.concat([stdout ?? Buffer.alloc(0), stderr ?? Buffer.alloc(0)]));
  throw new PrepareError(error ? `${failure} (${error.message})` : failure);
}
