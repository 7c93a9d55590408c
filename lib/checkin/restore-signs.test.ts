import { expect, test } from "vitest";
import { restoreSigns, type Remembered } from "./restore-signs";

const NOW = new Date("2025-01-15T12:00:00Z");
const ago = (minutes: number) => new Date(NOW.getTime() - minutes * 60_000);
const [TOKEN, OTHER_TOKEN, UNLOCK, OTHER_UNLOCK] = ["token", "other token", "unlock", "other unlock"].map((text) => Buffer.from(text)) as [Buffer, Buffer, Buffer, Buffer];

const LIVE: Remembered = {
  state: "enrolled", endedAt: null, lastSeenAt: ago(600), enrolledAt: ago(50_000), tokenUpdatedAt: ago(50_000), identity: "current",
  token: TOKEN, magic: "magic", unlockToken: UNLOCK, erased: false,
};
const SAME = { token: TOKEN, pushMagic: "magic", unlockToken: UNLOCK };
const FRESH = { token: OTHER_TOKEN, pushMagic: "other magic", unlockToken: OTHER_UNLOCK };

const signs = (remembered: Partial<Remembered>, brought: Partial<typeof SAME> | { unlockToken: null }) => restoreSigns({ ...LIVE, ...remembered }, { ...SAME, ...brought }, NOW);

test.each([
  ["token and magic together after a silence", {}, { token: OTHER_TOKEN, pushMagic: "other magic" }, ["new-address"]],
  ["magic and unlock token together after a silence", {}, { pushMagic: "other magic", unlockToken: OTHER_UNLOCK }, ["new-address"]],
  ["an erased device that brings another token", { erased: true, lastSeenAt: ago(1) }, FRESH, ["erased"]],
  ["an identity that was renewed", { identity: "older" as const }, FRESH, ["older-identity"]],
  ["the identity of a life that has ended", { endedAt: ago(9_000), state: "ended" }, FRESH, ["life-ended"]],
  ["the same, minutes after the end but with another address", { endedAt: ago(2), state: "ended" }, FRESH, ["life-ended"]],
  ["the same address long after the end: a machine set back to a snapshot", { endedAt: ago(9_000), state: "ended" }, SAME, ["life-ended"]],
])("a restore shows by %s", (_, remembered, brought, expected) => {
  expect(signs(remembered, brought)).toEqual(expected);
});

test.each([
  ["a new token under the same magic, as after an update of the system", {}, { token: OTHER_TOKEN }],
  ["a new token and a new unlock token under the same magic", {}, { token: OTHER_TOKEN, unlockToken: OTHER_UNLOCK }],
  ["a new magic alone", {}, { pushMagic: "other magic" }],
  ["the same once more", {}, SAME],
  ["no unlock token", {}, { token: OTHER_TOKEN, unlockToken: null }],
  ["all of it new without a silence", { lastSeenAt: ago(3) }, FRESH],
  ["the first token of a life", { state: "authenticating", enrolledAt: null, token: null, magic: null }, FRESH],
  ["a renewed identity that takes over", { identity: "pending" as const }, FRESH],
  ["an erased device whose token is still the same: the message was on its way", { erased: true }, SAME],
  ["a device that waits in quarantine", { state: "quarantined" }, FRESH],
  ["a device that is about to leave", { state: "unenrolling" }, FRESH],
  ["a message that was on its way when the life ended", { endedAt: ago(1), state: "ended" }, SAME],
  ["a message that was on its way when the identity was renewed", { identity: "older" as const, tokenUpdatedAt: ago(1) }, SAME],
])("no restore is suspected in %s", (_, remembered, brought) => {
  expect(signs(remembered, brought)).toEqual([]);
});
