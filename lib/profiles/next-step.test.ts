import { expect, test } from "vitest";
import type { CommandFact, Standing, Step, Wanted } from "./next-step";
import { isObsolete, nextStep } from "./next-step";

const NOW = new Date("2026-06-01T12:00:00Z");
const at = (minutes: number): Date => new Date(NOW.getTime() + minutes * 60_000);
const HOUR = 60;
const DAY = 24 * HOUR;
const WANTED: Wanted = { profileId: "p", versionId: "v1", valuesHash: "", missing: [], unfit: null };
const command = (state: CommandFact["state"], changes: Partial<CommandFact> = {}): CommandFact => ({ state, open: false, errorChain: null, cause: null, endedAt: at(0), ...changes });
const REFUSED = command("failed", { errorChain: [{ ErrorCode: 1000 }] });

/** As the worker notes what it has sent. */
function sent(step: Step, wanted: Wanted | null = WANTED): Standing {
  if (step.standing === null || step.send === null) throw new Error("nothing was sent");
  const base = { ...step.standing, commandId: "c", retryAt: null };
  return step.send === "remove" ? { ...base, state: "removing" } : { ...base, state: "installing", sentVersionId: wanted?.versionId ?? null, sentHash: wanted?.valuesHash ?? null };
}
const step = (standing: Standing | null, given: { command?: CommandFact; wanted?: Wanted | null; seen?: { at: Date; uuid: string | null }; now?: Date } = {}): Step =>
  nextStep({ standing, command: given.command ?? null, wanted: given.wanted === undefined ? WANTED : given.wanted, sighting: given.seen ?? null, now: given.now ?? NOW });
const installing = (): Standing => sent(step(null));
const installed = (): Standing => step(installing(), { command: command("acknowledged") }).standing ?? installing();

test("what is wanted is sent once: while its command is open nothing more is", () => {
  expect(step(null)).toMatchObject({ send: "install", standing: { profileId: "p" } });
  expect(step(installing(), { command: command("queued", { open: true }) })).toMatchObject({ send: null, standing: { state: "installing" } });
});

test("an acknowledged profile is installed and stays so", () => {
  const first = step(installing(), { command: command("acknowledged") });
  expect(first).toMatchObject({ send: null, happened: ["installed"], standing: { state: "installed", versionId: "v1" } });
  expect(step(first.standing, { command: command("acknowledged") })).toMatchObject({ send: null, happened: [], standing: { state: "installed" } });
});

test("another version or other values are sent again", () => {
  expect(step(installed(), { wanted: { ...WANTED, versionId: "v2" } }).send).toBe("install");
  expect(step(installed(), { wanted: { ...WANTED, valuesHash: "other" } }).send).toBe("install");
});

test("a refused profile is tried once a day, three times in all, and at once when there is another version", () => {
  let standing: Standing | null = installing();
  for (const failures of [1, 2, 3]) {
    const now = at((failures - 1) * (DAY + 1));
    const failed: Step = step(standing, { command: REFUSED, now });
    expect(failed).toMatchObject({ send: null, happened: ["failed"], standing: { state: "failed", failures, errorChain: [{ ErrorCode: 1000 }] } });
    expect(step(failed.standing, { now: new Date(now.getTime() + HOUR * 60_000) }).send).toBeNull();
    const later = step(failed.standing, { now: new Date(now.getTime() + (DAY + 1) * 60_000) });
    expect(later.send).toBe(failures === 3 ? null : "install");
    standing = failures === 3 ? failed.standing : sent(later);
  }
  expect(step(standing, { wanted: { ...WANTED, versionId: "v2" } })).toMatchObject({ send: "install", standing: { failures: 0 } });
});

test("a command that waits for what is no longer wanted is taken back; one the device has is not", () => {
  const waiting = command("queued", { open: true });
  expect(isObsolete(installing(), waiting, WANTED)).toBe(false);
  expect(isObsolete(installing(), waiting, { ...WANTED, versionId: "v2" })).toBe(true);
  expect(isObsolete(installing(), waiting, null)).toBe(true);
  expect(isObsolete(installing(), command("delivered", { open: true }), null)).toBe(false);
  expect(step(installing(), { command: command("withdrawn"), wanted: null })).toEqual({ standing: null, send: null, happened: [] });
});

test("what nobody wants any more is asked for back, and gone when the device says so or no longer lists it", () => {
  const asked = step(installed(), { wanted: null });
  expect(asked.send).toBe("remove");
  const removing = sent(asked, null);
  expect(step(removing, { command: command("acknowledged"), wanted: null })).toMatchObject({ standing: null, happened: ["removed"] });
  const refused = step(removing, { command: REFUSED, wanted: null });
  expect(refused).toMatchObject({ send: null, standing: { state: "removing", failures: 1 } });
  expect(step(refused.standing, { wanted: null, seen: { at: at(1), uuid: null } })).toMatchObject({ standing: null, happened: ["removed"] });
  expect(step(refused.standing, { wanted: null, seen: { at: at(1), uuid: "v1" } })).toMatchObject({ standing: { state: "removing" }, send: null });
});

test("what the device has refused is not asked for back; where its answer was lost it may be there, and is", () => {
  const refused = step(installing(), { command: REFUSED }).standing;
  expect(step(refused, { wanted: null })).toMatchObject({ standing: null, send: null });
  const lost = step(installing(), { command: command("poisoned", { cause: "Delivered 3 times without any answer." }) }).standing;
  expect(lost).toMatchObject({ state: "failed", reason: "Delivered 3 times without any answer." });
  expect(step(lost, { wanted: null }).send).toBe("remove");
  expect(step(lost, { seen: { at: at(1), uuid: "V1" } })).toMatchObject({ send: null, standing: { state: "installed", versionId: "v1" } });
});

test("a list from before the device's answer says nothing", () => {
  expect(step(installed(), { seen: { at: at(-1), uuid: null } })).toMatchObject({ send: null, happened: [], standing: { state: "installed", driftedAt: null } });
});

test.each([["missing", null], ["another", "0000"]])("a profile that is %s in the list has drifted and is repaired, twice a day and no more", (_, uuid) => {
  let standing: Standing | null = installed();
  for (const repair of [1, 2]) {
    const drifted: Step = step(standing, { seen: { at: at(repair * 10), uuid } });
    expect(drifted).toMatchObject({ send: "install", happened: ["drifted"], standing: { repairs: repair, driftedAt: at(repair * 10), driftUuid: uuid, versionId: null } });
    standing = step(sent(drifted), { command: command("acknowledged", { endedAt: at(repair * 10 + 1) }) }).standing;
  }
  const given = step(standing, { seen: { at: at(30), uuid } });
  expect(given).toMatchObject({ send: null, happened: ["drifted"], standing: { state: "drifted", retryAt: at(DAY) } });
  expect(step(given.standing, { seen: { at: at(30), uuid } })).toMatchObject({ send: null, happened: [] });
  expect(step(given.standing, { wanted: { ...WANTED, versionId: "v2" } }).send).toBe("install");
  expect(step(given.standing, { now: at(DAY + 1) }).send).toBe("install");
});

test("drift that mends itself is over", () => {
  const drifted = { ...installed(), state: "drifted" as const, versionId: null, driftedAt: at(1), repairs: 2, repairsSince: at(0) };
  expect(step(drifted, { seen: { at: at(2), uuid: "v1" } })).toMatchObject({ send: null, standing: { state: "installed", versionId: "v1", seenAt: at(2) } });
});

test("without a value nothing is sent, and it is said once; with it, it is", () => {
  const waiting = step(null, { wanted: { ...WANTED, missing: ["UDID"] } });
  expect(waiting).toMatchObject({ send: null, happened: ["value-missing"], standing: { state: "waiting-for-a-value", missing: ["UDID"] } });
  expect(step(waiting.standing, { wanted: { ...WANTED, missing: ["UDID"] } }).happened).toEqual([]);
  expect(step(waiting.standing).send).toBe("install");
});

test("a device that cannot take profiles now is told why and sent nothing", () => {
  expect(step(null, { wanted: { ...WANTED, unfit: "The enrollment has no right to it." } })).toMatchObject({ send: null, standing: { state: "failed", reason: "The enrollment has no right to it." } });
});
