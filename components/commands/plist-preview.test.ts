import { expect, test } from "vitest";
import { COMMANDS } from "@/lib/protocol/commands/catalog";
import { encodeCommand } from "@/lib/protocol/commands/encode-command";
import { previewOf } from "./plist-preview";

function preview(requestType: string, parameters: Record<string, unknown>): string {
  const spec = COMMANDS[requestType];
  const encoded = encodeCommand(requestType, parameters);
  if (spec === undefined || !encoded.ok) throw new Error(JSON.stringify(encoded));
  return previewOf(spec, encoded.command);
}

test("the preview shows the command as it travels, without what was typed as a secret", () => {
  const shown = preview("DeviceLock", { PIN: "482913", Message: "Bring it back" });
  expect(shown).toContain("<string>DeviceLock</string>");
  expect(shown).toContain("<string>Bring it back</string>");
  expect(shown).not.toContain("482913");
});

test("a profile, in which anything may be secret, is told by its size", () => {
  const shown = preview("InstallProfile", { Payload: Buffer.alloc(3_000, 7).toString("base64") });
  expect(shown.length).toBeLessThan(1_000);
  expect(shown).toMatch(/3,000 bytes/);
});

test("other long data is cut", () => {
  const spec = COMMANDS["InstallProvisioningProfile"];
  const encoded = encodeCommand("InstallProvisioningProfile", { ProvisioningProfile: Buffer.alloc(3_000, 7).toString("base64") });
  if (spec === undefined || !encoded.ok) throw new Error(JSON.stringify(encoded));
  const shown = previewOf(spec, encoded.command);
  expect(shown).toMatch(/… \(3,000 bytes\)/);
  expect(shown.length).toBeLessThan(1_000);
});
