import { expect, test } from "vitest";
import type { ExchangeDto } from "@/lib/contracts/exchanges";
import { answerMeaning, exchangeMeaning, skewWords } from "./exchange-words";

const IDLE = { kind: "Idle", idle: true, count: 1, reported: null, delivered: null, status: 200, refusal: null, bytesOut: 0 } as ExchangeDto;

test("an exchange is told in words: who asked for what, and what came back", () => {
  expect(exchangeMeaning(IDLE)).toBe("asks for work; nothing waits");
  expect(exchangeMeaning({ ...IDLE, count: 12 })).toContain("12 times");
  expect(exchangeMeaning({ ...IDLE, idle: false, kind: "Error", reported: { commandId: "x", requestType: "ProfileList" } })).toBe("ProfileList: could not do it");
  expect(answerMeaning(IDLE)).toBe("nothing to do");
  expect(answerMeaning({ ...IDLE, status: 400, refusal: "identity-mismatch" })).toBe("The certificate belongs to another device");
});

test("a clock that is off is told in the largest unit that fits", () => {
  expect([null, 2, -41, 3_600, 900_000].map(skewWords)).toEqual([null, "agrees with the server", "41 s behind", "60 min ahead", "10 d ahead"]);
});
