/**
 * npm run generate:catalog -- [path of Apple's device-management schema]
 *
 * Writes the facts of Apple's command schema (names, types, limits, availability; no text) into
 * lib/protocol/generated/command-schema.ts.
 */
import { existsSync, writeFileSync } from "node:fs";
import path from "node:path";
import { gzipSync } from "node:zlib";
import { readCommandSchema } from "./read-command-schema";

const root = path.resolve(import.meta.dirname, "..");
const schema = path.resolve(process.argv[2] ?? path.join(root, "../shared/apple-schema"));
const folder = path.join(schema, "mdm/commands");
if (!existsSync(folder)) {
  console.error(`generate:catalog: there is no ${folder}; give the path of a checkout of Apple's device-management schema`);
  process.exit(1);
}

const commands = readCommandSchema(folder);
const lines = commands.map((command) => `  ${literal(command)},\n`).join("");
const text =
  "// Made by scripts/generate-catalog.ts from Apple's device management schema (branch release, iOS 18.1); do not edit.\n" +
  "// Copyright (c) 2022-2024 Apple Inc., MIT license. Facts only: names, types, limits, availability.\n" +
  'import type { SchemaCommand } from "../commands/schema-facts";\n\n' +
  `export const COMMAND_SCHEMA: readonly SchemaCommand[] = [\n${lines}];\n`;
const file = path.join(root, "lib/protocol/generated/command-schema.ts");
writeFileSync(file, text);
console.log(`${commands.length} commands, ${text.length} bytes, ${gzipSync(text).length} compressed: ${path.relative(root, file)}`);

/** A value as a literal without needless quotes. */
function literal(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(literal).join(",")}]`;
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  const entries = Object.entries(value).map(([key, part]) => `${/^[A-Za-z_]\w*$/.test(key) ? key : JSON.stringify(key)}:${literal(part)}`);
  return `{${entries.join(",")}}`;
}
