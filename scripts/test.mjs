// npm test: everything, in phases. The last line is "N passed, N failed"; the exit code is 1 when anything failed.
import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { findChromium, HOW_TO_INSTALL } from "./chromium.mjs";
import { prepare, PrepareError, ROOT } from "./prepare.mjs";

const BROWSER_TESTS = "tests/browser";
const MOST_FILES_TRIED_AGAIN = 3;
const total = { passed: 0, failed: 0 };
const reports = mkdtempSync(path.join(os.tmpdir(), "muster-reports-"));
process.chdir(ROOT);

phase("Packages and Prisma client", () => checked(() => prepare({ build: false })));
if (total.failed === 0) {
  // First, because Next writes types that tsc wants.
  phase("Build", () => checked(() => prepare()));
  phase("Types (tsc)", () => command("node_modules/.bin/tsc", "--noEmit"));
  phase("Lint (oxlint, type-aware)", () => command("node_modules/.bin/oxlint", "--type-aware", "--deny-warnings"));
  phase("Boundaries (dependency-cruiser)", () =>
    command("node_modules/.bin/depcruise", "app", "components", "lib", "server", "tests", "--config", ".dependency-cruiser.cjs"),
  );
  phase("Unit and integration tests (vitest)", () => vitest("tests", ["--exclude", `${BROWSER_TESTS}/**`]));
  phase("Browser tests (vitest, Chromium)", browserTests);
}
rmSync(reports, { recursive: true, force: true });
process.exitCode = total.failed === 0 ? 0 : 1;
console.log(`\n${total.passed} passed, ${total.failed} failed`);

function phase(title, work) {
  console.log(`\n== ${title}`);
  const before = { ...total };
  const start = Date.now();
  work();
  const seconds = ((Date.now() - start) / 1000).toFixed(1);
  console.log(`== ${title}: ${total.passed - before.passed} passed, ${total.failed - before.failed} failed (${seconds} s)`);
}

function count(isGood) {
  if (isGood) total.passed += 1;
  else total.failed += 1;
}

function checked(work) {
  try {
    work();
    count(true);
  } catch (error) {
    console.error(error instanceof PrepareError ? error.message : error);
    count(false);
  }
}

function command(program, ...args) {
  count(spawnSync(program, args, { stdio: "inherit" }).status === 0);
}

/**
 * Counts tests by vitest's own reports. Files in which something failed run once more, by themselves and on new databases and servers: the
 * machine under them may be as busy as it likes. What passes only then is named. Many at once are no accident.
 */
function vitest(name, args, environment = {}) {
  const first = runVitest(name, args, environment);
  const broken = first.files.filter(({ status }) => status === "failed");
  const tryAgain = broken.length > 0 && broken.length <= MOST_FILES_TRIED_AGAIN;
  if (tryAgain) console.log(`\nOnce more: ${broken.map((file) => path.relative(ROOT, file.name)).join(", ")}`);
  const second = tryAgain ? runVitest(`${name}-again`, broken.map((file) => file.name), environment) : { files: broken, good: first.good };
  for (const file of [...first.files.filter((each) => !broken.includes(each)), ...second.files]) {
    const failed = file.assertionResults.filter(({ status }) => status === "failed").length;
    total.passed += file.assertionResults.filter(({ status }) => status === "passed").length;
    total.failed += file.status === "failed" && failed === 0 ? 1 : failed;
  }
  if (!second.good && second.files.every(({ status }) => status !== "failed")) total.failed += 1;
  if (tryAgain && second.good) {
    for (const file of broken) console.log(`Passed only when it was tried again: ${path.relative(ROOT, file.name)}${file.assertionResults.filter(({ status }) => status === "failed").map((test) => `\n  ${test.fullName}`).join("")}`);
  }
}

/** Runs vitest. `good`: it ended well. */
function runVitest(name, args, environment) {
  const file = path.join(reports, `${name}.json`);
  const reporters = ["--reporter=default", "--reporter=json", `--outputFile.json=${file}`];
  const { status } = spawnSync("node_modules/.bin/vitest", ["run", ...reporters, ...args], { stdio: "inherit", env: { ...process.env, ...environment } });
  return { good: status === 0, files: existsSync(file) ? JSON.parse(readFileSync(file, "utf8")).testResults : [] };
}

function browserTests() {
  const chromium = findChromium();
  if (chromium) return vitest("browser", [BROWSER_TESTS], { CHROMIUM_PATH: chromium });
  console.log(`No Chromium was found: the browser tests ${process.env.CI ? "fail" : "are skipped"}. ${HOW_TO_INSTALL}`);
  if (process.env.CI) count(false);
}
