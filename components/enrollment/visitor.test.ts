import { expect, test } from "vitest";
import { chosenVisitor, needsSafari, visitorOf } from "./visitor";

const IPHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_2 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko)";
const SAFARI = `${IPHONE} Version/18.2 Mobile/15E148 Safari/604.1`;
const MAC = "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.2 Safari/605.1.15";

test.each([
  [SAFARI, "iphone"],
  ["Mozilla/5.0 (iPad; CPU OS 16_7 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/16.6 Mobile/15E148 Safari/604.1", "ipad"],
  [MAC, "mac"],
  ["Mozilla/5.0 (Windows NT 10.0; Win64; x64)", "other"],
  ["", "other"],
])("%s is recognized", (userAgent, visitor) => {
  expect(visitorOf(userAgent)).toBe(visitor);
});

test("a choice made by hand wins, an unknown one does not count", () => {
  expect(chosenVisitor("ipad", MAC)).toBe("ipad");
  expect(chosenVisitor("toString", MAC)).toBe("mac");
  expect(chosenVisitor(["mac"], SAFARI)).toBe("iphone");
});

test("only browsers other than Safari on iOS are sent to Safari", () => {
  expect(needsSafari("iphone", SAFARI)).toBe(false);
  expect(needsSafari("iphone", `${IPHONE} CriOS/131.0 Mobile/15E148 Safari/604.1`)).toBe(true);
  expect(needsSafari("iphone", `${IPHONE} Mobile/15E148 [FBAN/FBIOS]`)).toBe(true);
  expect(needsSafari("mac", MAC)).toBe(false);
});
