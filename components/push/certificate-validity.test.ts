import { expect, test } from "vitest";
import { validity } from "./certificate-validity";

const NOW = Date.parse("2026-06-01T00:00:00Z");
const inDays = (days: number) => validity(new Date(NOW + days * 86_400_000).toISOString(), NOW);

test("a certificate is spoken of from sixty days before its end, and grows urgent", () => {
  expect([90, 60, 30, 14, 7, 0.5, 0, -3].map(inDays)).toEqual([
    { label: "Valid", tone: "good" },
    { label: "60 days left", tone: "info" },
    { label: "30 days left", tone: "warning" },
    { label: "14 days left", tone: "warning" },
    { label: "7 days left", tone: "bad" },
    { label: "1 day left", tone: "bad" },
    { label: "Expired", tone: "bad" },
    { label: "Expired", tone: "bad" },
  ]);
});
