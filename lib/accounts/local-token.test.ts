import { mkdtemp, readFile, rm, stat } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { config } from "@/lib/config/config";
import { withTestDatabase } from "@/tests/support/database";
import { actorOfApiToken } from "./api-token-service";
import { writeLocalToken } from "./local-token";

withTestDatabase();
let dataDir = "";
beforeAll(async () => {
  dataDir = await mkdtemp(path.join(os.tmpdir(), "muster-local-token-"));
  config().dataDir = dataDir;
});
afterAll(() => rm(dataDir, { recursive: true, force: true }));

const read = async (file: string) => (await readFile(file, "utf8")).trim();

test("each start leaves one working owner token, in a file that only this user reads", async () => {
  const file = await writeLocalToken();
  const first = await read(file);
  expect((await stat(file)).mode & 0o777).toBe(0o600);
  expect(await actorOfApiToken(first)).toMatchObject({ role: "owner", name: "this machine" });
  expect(await writeLocalToken()).toBe(file);
  expect(await actorOfApiToken(await read(file))).not.toBeNull();
  expect(await actorOfApiToken(first)).toBeNull();
});
