// npm test: everything, in phases. The last line is "N passed, N failed"; the exit code is 1 when anything failed.
import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { findChromium, HOW_TO_INSTALL } from "./chromium.mjs";
import { prepare, PrepareError, ROOT } from "./prepare.mjs";

const BROWSER_TESTS = "tests/browser";
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

/** Counts tests by vitest's own report; a run that fails without a failed test counts as one failure. */
function vitest(name, args, environment = {}) {
  const file = path.join(reports, `${name}.json`);
  const reporters = ["--reporter=default", "--reporter=json", `--outputFile.json=${file}`];
  const { status } = spawnSync("node_modules/.bin/vitest", ["run", ...reporters, ...args], {
    stdio: "inherit",
    env: { ...process.env, ...environment },
  });
  const report = existsSync(file) ? JSON.parse(readFileSync(file, "utf8")) : { numPassedTests: 0, testResults: [] };
  const brokenFiles = report.testResults.filter(({ status: outcome, assertionResults }) => outcome === "failed" && !assertionResults.some((test) => test.status === "failed"));
  const failed = (report.numFailedTests ?? 0) + brokenFiles.length;
  total.passed += report.numPassedTests;
  total.failed += failed === 0 && status !== 0 ? 1 : failed;
  for (const { name: from, assertionResults } of report.testResults) {
    for (const test of assertionResults.filter(({ status: outcome, failureMessages }) => outcome === "passed" && failureMessages.length > 0)) {
      console.log(`Passed only when it was tried again: ${path.relative(ROOT, from)}: ${test.fullName}\n${test.failureMessages[0]}`);
    }
  }
}

function browserTests() {
  const chromium = findChromium();
  if (chromium) return vitest("browser", [BROWSER_TESTS], { CHROMIUM_PATH: chromium });
  console.log(`No Chromium was found: the browser tests ${process.env.CI ? "fail" : "are skipped"}. ${HOW_TO_INSTALL}`);
  if (process.env.CI) count(false);
}
