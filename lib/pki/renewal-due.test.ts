import { expect, test } from "vitest";
import { sha256Hex } from "@/lib/crypto/fingerprint";
import { renewalDue } from "./renewal-due";

const DAY_MS = 86_400_000;
const day = (count: number): Date => new Date(Date.UTC(2026, 0, 1) + count * DAY_MS);
const dueDay = (life: number, fingerprint: string): number => (renewalDue({ notBefore: day(0), notAfter: day(life), fingerprint }).getTime() - day(0).getTime()) / DAY_MS;

test("a long life is renewed after two thirds, a short one 60 days before its end", () => {
  expect(dueDay(366, "00000000")).toBe(244);
  expect(dueDay(90, "00000000")).toBe(30);
  expect(dueDay(10, "00000000")).toBe(0);
});

test("identities of one day are spread, each to a time of its own that stays the same", () => {
  const dues = Array.from({ length: 1_000 }, (_, index) => dueDay(366, sha256Hex(`device ${index}`)));
  expect(Math.min(...dues)).toBeGreaterThanOrEqual(244);
  expect(Math.max(...dues)).toBeLessThan(244 + 366 / 20);
  const days = new Map<number, number>();
  for (const due of dues) days.set(Math.floor(due), (days.get(Math.floor(due)) ?? 0) + 1);
  expect(Math.max(...days.values())).toBeLessThan(120);
  expect(dueDay(366, sha256Hex("device 1"))).toBe(dues[1]);
});
