import { existsSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { readProfileSchema } from "@/tests/support/apple-profiles";
import { PAYLOAD_TYPES } from "./profile-schema";

const FOLDER = path.resolve(import.meta.dirname, "../../../../shared/apple-schema/mdm/profiles");

test.skipIf(!existsSync(FOLDER))("the payload types are exactly those of Apple's schema (skipped where it is not at hand)", () => {
  expect(PAYLOAD_TYPES).toEqual(readProfileSchema(FOLDER));
});

test("every payload type has a form with a title, and what profiles are made of is there", () => {
  for (const forms of Object.values(PAYLOAD_TYPES)) for (const form of forms) expect(form.title).not.toBe("");
  expect(Object.keys(PAYLOAD_TYPES)).toEqual(expect.arrayContaining(["com.apple.wifi.managed", "com.apple.mdm", "com.apple.security.root", "com.apple.applicationaccess"]));
  expect(PAYLOAD_TYPES["com.apple.mdm"]?.[0]?.keys.find(({ key }) => key === "Topic")).toMatchObject({ type: "string", required: true });
});
