import os from "node:os";
import path from "node:path";
import { defineConfig } from "vitest/config";

const root = import.meta.dirname;

export default defineConfig({
  resolve: {
    alias: [
      { find: /^server-only$/, replacement: path.join(root, "tests/support/setup/server-only.ts") },
      { find: /^@\//, replacement: `${root}/` },
    ],
  },
  test: {
    include: ["{app,lib,components,server,scripts,tests}/**/*.test.{ts,tsx}"],
    globalSetup: ["tests/support/setup/database-server.ts"],
    pool: "forks",
    maxWorkers: 2,
    // Ten times what a quiet machine takes: nothing here measures time.
    testTimeout: 240_000,
    hookTimeout: 240_000,
    expect: { poll: { timeout: 30_000 } },
    env: {
      MASTER_KEY: "ab".repeat(32),
      DATA_DIR: path.join(os.tmpdir(), "muster-test-data"),
      LOG_LEVEL: "error",
    },
  },
});
