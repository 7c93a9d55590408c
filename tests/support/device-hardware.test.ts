import { expect, test } from "vitest";
import { inventHardware } from "./device-hardware";

test("invented hardware has the identifiers its family has", () => {
  const phone = inventHardware({ model: "iPhone" });
  expect(phone.udid).toMatch(/^00008130-[0-9A-F]{16}$/);
  expect(phone.imei).toMatch(/^35 \d{6} \d{6} \d$/);
  expect(phone.imei?.replaceAll(" ", "").slice(0, 14)).toBe(phone.meid);
  const mac = inventHardware({ model: "Mac", serialNumber: "C02XYZ" });
  expect(mac.udid).toMatch(/^[0-9A-F]{8}(-[0-9A-F]{4}){3}-[0-9A-F]{12}$/);
  expect(mac).toMatchObject({ imei: null, serialNumber: "C02XYZ" });
});

test("an IMEI ends in its Luhn digit", () => {
  const digits = [...(inventHardware().imei ?? "").replaceAll(" ", "")].map(Number).reverse();
  const sum = digits.reduce((total, digit, place) => total + (place % 2 === 0 ? digit : digit * 2 - (digit > 4 ? 9 : 0)), 0);
  expect(sum % 10).toBe(0);
});
