import { expect, test } from "vitest";
import { LARGEST_PROFILE } from "@/lib/contracts/profiles";
import { MusterError } from "@/lib/contracts/errors";
import { DeviceCa, signedByDevice } from "@/tests/support/device-ca";
import { fileOf, wifiProfile } from "@/tests/support/library-profiles";
import { openProfile } from "./open-profile";

const PROFILE = wifiProfile("com.example.office");
const signed = async () => signedByDevice(await (await DeviceCa.create()).issue("Profile signer"), PROFILE);

function refusal(file: Buffer): string {
  try {
    openProfile(file);
  } catch (error) {
    if (error instanceof MusterError) return error.errors[0]?.detail ?? "";
    throw error;
  }
  throw new Error("it was taken");
}

test("a plain file has no signer", () => {
  expect(openProfile(Buffer.from(fileOf(PROFILE), "base64"))).toMatchObject({ signer: null, content: { PayloadIdentifier: "com.example.office" } });
});

test("a signed file is unwrapped, and who signed it is told", async () => {
  const { content, signer } = openProfile(await signed());
  expect(content).toMatchObject({ PayloadIdentifier: "com.example.office", PayloadContent: [{ SSID_STR: "Office" }] });
  expect(signer).toContain("Profile signer");
});

test("a signed file that was changed afterwards is refused", async () => {
  const file = await signed();
  const place = file.indexOf("Office network");
  file.write("Offixe", place);
  expect(refusal(file)).toContain("signature");
});

test("what is no property list, no dictionary or too large is refused", () => {
  expect(refusal(Buffer.from("<html>Not found</html>"))).toContain("no property list");
  expect(refusal(Buffer.from("<plist><array/></plist>"))).toContain("no dictionary");
  expect(refusal(Buffer.from([0x30, 0x03, 0x02, 0x01, 0x01]))).toContain("signature");
  expect(refusal(Buffer.alloc(LARGEST_PROFILE + 1, 0x20))).toContain("2 MiB");
});
