import { expect, test } from "vitest";
import { DECLARATION_TYPES } from "@/lib/protocol/generated/declaration-schema";
import { payloadBeginning, readPayload } from "./payload-draft";

test("every type begins as JSON without a key too many", () => {
  for (const type of Object.keys(DECLARATION_TYPES)) {
    const read = readPayload(type, payloadBeginning(type));
    expect(read.ok, type).toBe(true);
    expect(read.faults.filter(({ detail }) => /not a key|is required/.test(detail)), type).toEqual([]);
  }
});

test("text that is no JSON is said at its place", () => {
  const read = readPayload("com.apple.activation.simple", '{"a": }');
  expect(read).toMatchObject({ ok: false, faults: [{ pointer: "" }] });
});

test("complaints point into the payload", () => {
  expect(readPayload("com.apple.activation.simple", '{"Wrong": 1}').faults.map(({ pointer }) => pointer)).toEqual(["/Wrong", "/StandardConfigurations"]);
});
