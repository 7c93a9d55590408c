import { mkdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { config } from "@/lib/config/config";
import { apiTokenId, createApiToken, revokeApiToken } from "./api-token-service";

const NAME = "this machine";
const DAYS = 30;

/**
 * Puts a fresh owner token into DATA_DIR/local-token (mode 0600), for tools that run beside the server, and
 * revokes the one that was there. Answers the path of the file.
 */
export async function writeLocalToken(): Promise<string> {
  const { dataDir } = config();
  const file = path.join(dataDir, "local-token");
  const earlier = await readEarlier(file);
  const { token } = await createApiToken(
    { name: NAME, role: "owner", expiresAt: new Date(Date.now() + DAYS * 86_400_000) },
    null,
  );
  await mkdir(dataDir, { recursive: true, mode: 0o700 });
  const draft = `${file}.${process.pid}`;
  await rm(draft, { force: true }); // an old draft would keep its mode
  await writeFile(draft, `${token}\n`, { mode: 0o600, flush: true });
  await rename(draft, file);
  if (earlier !== null) await revokeApiToken(earlier, null);
  return file;
}

/** The id of the token in the file; null when there is none or it no longer counts. */
async function readEarlier(file: string): Promise<string | null> {
  const text = await readFile(file, "utf8").catch(() => "");
  return apiTokenId(text.trim());
}
