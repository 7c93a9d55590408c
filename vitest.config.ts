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
    testTimeout: 60_000,
    hookTimeout: 120_000,
    env: {
      MASTER_KEY: "ab".repeat(32),
      DATA_DIR: path.join(os.tmpdir(), "muster-test-data"),
      LOG_LEVEL: "error",
    },
  },
});
