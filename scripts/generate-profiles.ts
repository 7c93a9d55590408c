// npm run generate:profiles: facts of Apple's payload types, from the schema in ../shared or in the folder named.
import { writeFileSync } from "node:fs";
import path from "node:path";
import { readProfileSchema } from "@/tests/support/apple-profiles";

const schema = path.resolve(process.argv[2] ?? path.resolve(import.meta.dirname, "../../shared/apple-schema"));
const target = path.resolve(import.meta.dirname, "../lib/protocol/generated/profile-schema.ts");
const types = Object.entries(readProfileSchema(path.join(schema, "mdm/profiles")));
const lines = types.map(([type, forms]) => `  ${JSON.stringify(type)}: ${JSON.stringify(forms)},`);
writeFileSync(
  target,
  `// Made by scripts/generate-profiles.ts from Apple's device management schema. Do not edit.
// Copyright (c) 2022-2024 Apple Inc., MIT license. Facts only.
import type { PayloadForm } from "../library/payload-spec";

export const PAYLOAD_TYPES: Readonly<Record<string, readonly PayloadForm[]>> = {
${lines.join("\n")}
};
`,
);
console.log(`${types.length} payload types: ${path.relative(process.cwd(), target)}`);
