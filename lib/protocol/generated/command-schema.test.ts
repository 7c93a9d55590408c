import { existsSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { gzipSync } from "node:zlib";
import { expect, test } from "vitest";
import { parse } from "yaml";
import { readCommandSchema } from "../../../scripts/read-command-schema";
import { COMMANDS } from "../commands/catalog";
import type { ParameterSpec } from "../commands/command-spec";
import { COMMAND_SCHEMA } from "./command-schema";

const ROOT = path.resolve(import.meta.dirname, "../../..");
/** Apple's schema beside the checkout; it is not part of the project. */
const FOLDER = path.join(ROOT, "../shared/apple-schema/mdm/commands");
const isThere = existsSync(FOLDER);
const why = isThere ? "" : ` (skipped: there is no ${FOLDER})`;

test("the facts sent to browsers are small", () => {
  expect(gzipSync(readFileSync(path.join(import.meta.dirname, "command-schema.ts"))).length).toBeLessThan(25_000);
});

test.skipIf(!isThere)(`the committed facts are those of Apple's schema${why}`, () => {
  expect(COMMAND_SCHEMA).toEqual(readCommandSchema(FOLDER));
});

/** Apple's own words for one key, as far as this test looks. */
interface AppleKey {
  key: string;
  type: string;
  presence?: string;
  rangelist?: (string | number)[];
  default?: unknown;
  subkeys?: AppleKey[];
}

function files(): { payload: { requesttype: string }; payloadkeys?: AppleKey[] }[] {
  return readdirSync(FOLDER).map((file) => parse(readFileSync(path.join(FOLDER, file), "utf8")) as ReturnType<typeof files>[number]);
}

test.skipIf(!isThere)(`every command, key, type and limit of Apple's schema is in the catalog${why}`, () => {
  const all = files();
  expect(all.map((file) => file.payload.requesttype).toSorted()).toEqual(Object.keys(COMMANDS).filter((name) => !name.endsWith("EnhancedLogCollection")).toSorted());
  for (const { payload, payloadkeys } of all) {
    const parameters = COMMANDS[payload.requesttype]?.parameters ?? [];
    expect(parameters.map(({ name }) => name), payload.requesttype).toEqual((payloadkeys ?? []).map(({ key }) => key));
    for (const key of payloadkeys ?? []) compare(key, parameters.find(({ name }) => name === key.key), payload.requesttype);
  }
});

function compare(apple: AppleKey, ours: ParameterSpec | undefined, place: string): void {
  const here = `${place}.${apple.key}`;
  if (ours === undefined) throw new Error(`${here} is missing`);
  expect(`<${ours.type}>`, here).toBe(apple.type);
  if (apple.rangelist !== undefined) expect(ours.values, here).toEqual(apple.rangelist);
  if (apple.default !== undefined) expect(ours.default, here).toEqual(apple.default);
  // The server fills in what it has in escrow.
  if (ours.escrow === undefined && !place.includes("[]")) expect(ours.required, here).toBe(apple.presence === "required");
  const [first] = apple.subkeys ?? [];
  if (first === undefined || first.type === "<any>") return;
  if (apple.type === "<dictionary>") for (const key of apple.subkeys ?? []) compare(key, ours.keys?.find(({ name }) => name === key.key), here);
  else if ((apple.subkeys ?? []).length > 1) {
    if (apple.type === "<string>") expect(ours.values, here).toEqual(apple.subkeys?.map(({ key }) => key));
    else for (const key of apple.subkeys ?? []) compareItem(key, ours.items?.variants?.find(({ name }) => name === key.key), here);
  } else compareItem(first, ours.items, `${here}[]`);
}

/** An item has a name of ours, and is always needed where it stands. */
function compareItem(apple: AppleKey, ours: ParameterSpec | undefined, place: string): void {
  if (ours === undefined) throw new Error(`${place} has no ${apple.key}`);
  expect(`<${ours.type}>`, place).toBe(apple.type);
  if (apple.rangelist !== undefined) expect(ours.values, place).toEqual(apple.rangelist);
  if (apple.type === "<string>" && apple.subkeys !== undefined) expect(ours.values, place).toEqual(apple.subkeys.map(({ key }) => key));
  if (apple.type === "<dictionary>") for (const key of apple.subkeys ?? []) compare(key, ours.keys?.find(({ name }) => name === key.key), place.replaceAll("[]", ""));
}
