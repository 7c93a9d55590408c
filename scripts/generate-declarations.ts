// npm run generate:declarations: facts of Apple's declaration types and status items, from the schema in ../shared.
import { writeFileSync } from "node:fs";
import path from "node:path";
import { readDeclarationSchema, readStatusItems } from "@/tests/support/apple-declarations";

const FOLDER = path.resolve(import.meta.dirname, "../../shared/apple-schema/declarative");
const TARGET = path.resolve(import.meta.dirname, "../lib/protocol/generated");

function write(file: string, name: string, type: string, entries: [string, unknown][]): void {
  const lines = entries.map(([key, value]) => `  ${JSON.stringify(key)}: ${JSON.stringify(value)},`);
  writeFileSync(
    path.join(TARGET, file),
    `// Made by scripts/generate-declarations.ts from Apple's device management schema. Do not edit.
// Copyright (c) 2022-2024 Apple Inc., MIT license. Facts only.
import type { ${type} } from "../declarations/declaration-spec";

export const ${name}: Readonly<Record<string, ${type}>> = {
${lines.join("\n")}
};
`,
  );
}

write("declaration-schema.ts", "DECLARATION_TYPES", "DeclarationSpec", readDeclarationSchema(path.join(FOLDER, "declarations")).map((spec) => [spec.type, spec]));
write("status-items.ts", "STATUS_ITEMS", "StatusItemShape", readStatusItems(path.join(FOLDER, "status")));
