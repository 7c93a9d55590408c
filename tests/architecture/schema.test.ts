import { spawnSync } from "node:child_process";
import path from "node:path";
import { expect, test } from "vitest";
import { testDatabase } from "@/tests/support/database";

test("the migrations make exactly the schema of schema.prisma", async () => {
  const database = await testDatabase();
  try {
    const diff = ["migrate", "diff", "--from-migrations", "prisma/migrations", "--to-schema", "prisma/schema.prisma", "--script", "--exit-code"];
    const { status, stdout, stderr } = spawnSync(process.execPath, [path.resolve("node_modules/prisma/build/index.js"), ...diff], {
      encoding: "utf8",
      env: {
        ...process.env,
        DATABASE_URL: database.url,
        PRISMA_SCHEMA_ENGINE_BINARY: path.resolve("scripts/schema-engine-shim.mjs"),
        PRISMA_HIDE_UPDATE_MESSAGE: "1",
        CHECKPOINT_DISABLE: "1",
      },
    });
    expect({ status, stdout, stderr: status === 0 ? "" : stderr }).toMatchObject({ status: 0, stderr: "" });
  } finally {
    await database.drop();
  }
});
