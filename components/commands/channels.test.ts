import { expect, test } from "vitest";
import type { EnrollmentDto } from "@/lib/contracts/devices";
import { userIdOf, userName } from "./channels";

const USER = { channelKey: "00008030-001C2D3E4F50:ADA", userShortName: null, userLongName: null } as EnrollmentDto;

test("a user is called by the best name the device has told", () => {
  expect(userIdOf(USER)).toBe("ADA");
  expect(userName(USER, "ADA")).toBe("ADA");
  expect(userName({ ...USER, userShortName: "ada" }, "ADA")).toBe("ada");
  expect(userName({ ...USER, userShortName: "ada", userLongName: "Ada Lovelace" }, "ADA")).toBe("Ada Lovelace");
});
