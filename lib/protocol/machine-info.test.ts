import { expect, test } from "vitest";
import { readMachineInfo } from "./machine-info";
import { writePlist } from "./plist/write-plist";

const bytes = (body: Parameters<typeof writePlist>[0]) => new TextEncoder().encode(writePlist(body));

test("everything a device says of itself is read, and what it leaves out is null", () => {
  const said = { UDID: "U1", SERIAL: "S1", PRODUCT: "iPhone16,1", VERSION: "21H16", OS_VERSION: "17.7", MDM_CAN_REQUEST_SOFTWARE_UPDATE: true, SOFTWARE_UPDATE_DEVICE_ID: "iPhone16,1", LANGUAGE: "de-CH" };
  expect(readMachineInfo(bytes(said))).toEqual({
    udid: "U1", serialNumber: "S1", productName: "iPhone16,1", buildVersion: "21H16", osVersion: "17.7", imei: null, meid: null, language: "de-CH",
    canUpdate: true, softwareUpdateDeviceId: "iPhone16,1", pairingToken: null, body: said,
  });
});

test("a value of another type counts as absent", () => {
  expect(readMachineInfo(bytes({ PRODUCT: "Mac15,12", SERIAL: 7, MDM_CAN_REQUEST_SOFTWARE_UPDATE: "true" }))).toMatchObject({ serialNumber: null, canUpdate: false });
});

test("what is no machine info is refused", () => {
  for (const body of [bytes(["x"]), bytes({}), bytes({ PRODUCT: "" }), new TextEncoder().encode("nonsense")]) {
    expect(() => readMachineInfo(body)).toThrow(expect.objectContaining({ name: "ProtocolError" }));
  }
});
