import { expect, test } from "vitest";
import { searchCatalog } from "./search-catalog";

test("everyday words find Apple's commands", () => {
  expect(searchCatalog("wipe")[0]?.requestType).toBe("EraseDevice");
  expect(searchCatalog("RESTART")[0]?.requestType).toBe("RestartDevice");
});

test("every word must be found", () => {
  expect(searchCatalog("wipe xyzzy")).toEqual([]);
});

test("nothing typed shows all", () => {
  expect(searchCatalog("  ").length).toBeGreaterThan(8);
});
