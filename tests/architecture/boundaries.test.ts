import { spawnSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import os from "node:os";
import path from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";

const CONFIG = ".dependency-cruiser.cjs";
const FOLDERS = ["app", "components", "lib", "server", "tests"];

/** For each rule a file that breaks it, and what it imports. */
const PLANTED: Record<string, { file: string; imports: string }> = {
  "protocol-is-a-leaf": { file: "lib/protocol/planted.ts", imports: "@/lib/config/innocent" },
  "crypto-is-a-leaf": { file: "lib/crypto/planted.ts", imports: "@/lib/protocol/innocent" },
  "config-is-a-leaf": { file: "lib/config/planted.ts", imports: "@/lib/contracts/innocent" },
  "contracts-are-shared": { file: "lib/contracts/planted.ts", imports: "@/lib/crypto/innocent" },
  "db-stands-on-leaves": { file: "lib/db/planted.ts", imports: "@/lib/events/innocent" },
  "client-is-browser-code": { file: "lib/client/planted.ts", imports: "@/lib/config/innocent" },
  "events-knows-its-neighbours": { file: "lib/events/planted.ts", imports: "@/lib/devices/innocent" },
  "accounts-knows-its-neighbours": { file: "lib/accounts/planted.ts", imports: "@/lib/devices/innocent" },
  "pki-knows-its-neighbours": { file: "lib/pki/planted.ts", imports: "@/lib/push/innocent" },
  "push-knows-its-neighbours": { file: "lib/push/planted.ts", imports: "@/lib/commands/innocent" },
  "devices-knows-its-neighbours": { file: "lib/devices/planted.ts", imports: "@/lib/commands/innocent" },
  "enrollment-knows-its-neighbours": { file: "lib/enrollment/planted.ts", imports: "@/lib/checkin/innocent" },
  "commands-knows-its-neighbours": { file: "lib/commands/planted.ts", imports: "@/lib/checkin/innocent" },
  "declarations-knows-its-neighbours": { file: "lib/declarations/planted.ts", imports: "@/lib/checkin/innocent" },
  "profiles-knows-its-neighbours": { file: "lib/profiles/planted.ts", imports: "@/lib/checkin/innocent" },
  "assignments-knows-its-neighbours": { file: "lib/assignments/planted.ts", imports: "@/lib/checkin/innocent" },
  "renewal-knows-its-neighbours": { file: "lib/renewal/planted.ts", imports: "@/lib/checkin/innocent" },
  "readiness-knows-its-neighbours": { file: "lib/readiness/planted.ts", imports: "@/lib/checkin/innocent" },
  "simulation-knows-its-neighbours": { file: "lib/simulation/planted.ts", imports: "@/lib/checkin/innocent" },
  "checkin-knows-its-neighbours": { file: "lib/checkin/planted.ts", imports: "@/lib/accounts/innocent" },
  "http-is-the-edge": { file: "lib/http/planted.ts", imports: "@/components/innocent" },
  "components-see-contracts": { file: "components/planted.tsx", imports: "@/lib/http/innocent" },
  "routes-see-edges": { file: "app/planted/route.ts", imports: "@/lib/devices/innocent" },
  "server-composes": { file: "server/planted.ts", imports: "@/components/innocent" },
  "every-lib-folder-has-a-rule": { file: "lib/helpers/planted.ts", imports: "node:fs" },
  "prisma-in-stores": { file: "lib/devices/planted-service.ts", imports: "@/prisma/generated/client" },
  "sql-in-stores": { file: "lib/push/planted-service.ts", imports: "pg" },
  "browser-never-reaches-server": { file: "components/planted-far.tsx", imports: "@/components/way-station" },
  "no-test-code-in-product": { file: "lib/pki/planted-service.ts", imports: "@/tests/support/innocent" },
  "no-cycles": { file: "components/planted-loop-end.tsx", imports: "@/components/planted-loop" },
  "no-unresolvable": { file: "components/planted-typo.tsx", imports: "@/components/nowhere" },
};

/** What the planted files import, and the far ends of chains. */
const INNOCENT: Record<string, string> = {
  ...Object.fromEntries(
    ["config", "contracts", "crypto", "protocol", "events", "devices", "push", "commands", "checkin", "accounts", "http"].map((name) => [`lib/${name}/innocent.ts`, ""]),
  ),
  "components/innocent.tsx": "export const innocent = <p>innocent</p>;",
  "components/way-station.tsx": importing("@/lib/db/innocent"),
  "components/planted-loop.tsx": importing("@/components/planted-loop-end"),
  "lib/db/innocent.ts": "",
  "prisma/generated/client.ts": "",
  "tests/support/innocent.ts": "",
};

interface Violation {
  from: string;
  rule: { name: string };
}

let folder = "";
let violations: Violation[] = [];

beforeAll(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), "muster-boundaries-"));
  for (const file of [CONFIG, ".dependency-cruiser-resolve.cjs"]) cpSync(file, path.join(folder, file));
  symlinkSync(path.resolve("node_modules"), path.join(folder, "node_modules"));
  for (const [file, text] of Object.entries(INNOCENT)) write(file, text);
  for (const { file, imports } of Object.values(PLANTED)) write(file, importing(imports));
  violations = cruise(folder);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test.each(Object.entries(PLANTED))("%s is enforced", (rule, { file }) => {
  expect(violations.filter(({ from }) => from === file).map((violation) => violation.rule.name)).toContain(rule);
});

test("every rule has a planted violation", () => {
  const { forbidden } = createRequire(import.meta.url)(path.resolve(CONFIG)) as { forbidden: { name: string }[] };
  expect(Object.keys(PLANTED).sort()).toEqual(forbidden.map(({ name }) => name).sort());
});

test("a file that keeps to the rules breaks none", () => {
  expect(violations.filter(({ from }) => from.endsWith("innocent.ts") || from.endsWith("innocent.tsx"))).toEqual([]);
});

test("the product breaks no rule", () => {
  expect(cruise(process.cwd()).map(({ from, rule }) => `${rule.name}: ${from}`)).toEqual([]);
});

/** A type and a value: both are imports to the rules. */
function importing(module: string): string {
  return `import type { Thing } from "${module}";\nimport * as everything from "${module}";\nexport const used: Thing = everything;\n`;
}

function write(file: string, text: string): void {
  mkdirSync(path.join(folder, path.dirname(file)), { recursive: true });
  writeFileSync(path.join(folder, file), text);
}

function cruise(root: string): Violation[] {
  const program = path.resolve("node_modules/dependency-cruiser/bin/dependency-cruise.mjs");
  const { stdout, stderr } = spawnSync(process.execPath, [program, ...FOLDERS, "--config", CONFIG, "--output-type", "json"], {
    cwd: root,
    encoding: "utf8",
    maxBuffer: 256 * 1024 * 1024,
  });
  expect(stderr).toBe("");
  return (JSON.parse(stdout) as { summary: { violations: Violation[] } }).summary.violations;
}
