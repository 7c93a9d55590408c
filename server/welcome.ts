import { readFileSync } from "node:fs";
import path from "node:path";
import { config } from "@/lib/config/config";
import { POSTGRES_MAJOR } from "@/lib/db/embedded/binaries";
import { currentTopic } from "@/lib/push/push-topic";

interface Start {
  setupUrl: string | null;
  adoptedDatabase: boolean;
}

/** One screen: what runs where, and what to do next. */
export async function welcome({ setupUrl, adoptedDatabase }: Start): Promise<string> {
  const { publicUrl } = config();
  const { test } = await currentTopic();
  const lines: [string, string][] = [["Console", publicUrl]];
  if (setupUrl) lines.push(["First owner", `${setupUrl}`], ["", "Open this one-time link to make your account."]);
  if (test) lines.push(["Push", "No push certificate yet: a test topic stands in, for simulated devices only."]);
  if (test) lines.push(["Try it", "npm run simulate -- --devices 50     (in a second terminal)"]);
  if (/\/\/(localhost|127\.)/.test(publicUrl)) lines.push(["Real devices", "need PUBLIC_URL=https://… to reach this server."]);
  lines.push(["Data", dataLine(adoptedDatabase)], ["Stop", "Ctrl-C"]);
  const body = lines.map(([label, text]) => `  ${label.padEnd(14)}${text}`).join("\n");
  return `\nMuster ${version()} is ready.\n\n${body}\n\n`;
}

function dataLine(adoptedDatabase: boolean): string {
  const { databaseUrl, dataDir } = config();
  if (databaseUrl) return `${new URL(databaseUrl).host} (DATABASE_URL); keys in ${dataDir}`;
  const adopted = adoptedDatabase ? ", was still running" : "";
  return `${dataDir} (embedded PostgreSQL ${POSTGRES_MAJOR}${adopted})`;
}

function version(): string {
  const { version: text } = JSON.parse(readFileSync(path.resolve("package.json"), "utf8")) as { version: string };
  return text;
}
