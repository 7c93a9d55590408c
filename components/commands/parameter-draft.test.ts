import { expect, test } from "vitest";
import { COMMANDS } from "@/lib/protocol/commands/catalog";
import type { ParameterSpec } from "@/lib/protocol/commands/command-spec";
import { encodeCommand } from "@/lib/protocol/commands/encode-command";
import { emptyDrafts, parametersOf } from "./parameter-draft";

const SPECS: ParameterSpec[] = [
  { name: "Message", type: "string", required: false, help: "" },
  { name: "Count", type: "integer", required: false, help: "" },
  { name: "When", type: "date", required: false, help: "" },
  { name: "Blob", type: "data", required: false, help: "" },
  { name: "Flag", type: "boolean", required: true, default: true, help: "" },
  { name: "Names", type: "array", required: false, help: "", items: { name: "Name", type: "string", required: true, help: "" } },
  { name: "Inner", type: "dictionary", required: false, help: "", keys: [{ name: "Deep", type: "boolean", required: true, help: "" }] },
];

test("an untouched form sends only what is required", () => {
  expect(parametersOf(SPECS, emptyDrafts(SPECS))).toEqual({ Flag: true });
});

test("fields become values of their type", () => {
  const drafts = { Message: "lost", Count: "3", When: "2025-01-15T12:00:00Z", Blob: { base64: "AAEC", fileName: "x" }, Flag: "false", Names: ["a"], Inner: { Deep: "true" } };
  expect(parametersOf(SPECS, drafts)).toEqual({
    Message: "lost",
    Count: 3,
    When: "2025-01-15T12:00:00.000Z",
    Blob: "AAEC",
    Flag: false,
    Names: ["a"],
    Inner: { Deep: true },
  });
});

test("what is no number stays as typed, for the check to complain about", () => {
  expect(parametersOf(SPECS, { ...emptyDrafts(SPECS), Count: "three" })).toMatchObject({ Count: "three" });
});

test.each(Object.keys(COMMANDS))("the empty form of %s is either a command or names what is missing", (requestType) => {
  const specs = COMMANDS[requestType]?.parameters ?? [];
  const encoded = encodeCommand(requestType, parametersOf(specs, emptyDrafts(specs)));
  if (!encoded.ok) for (const error of encoded.errors) expect(specs.map((spec) => `/${spec.name}`)).toContain(error.pointer);
});
