import { expect, test } from "vitest";
import { jsonPlaces, lineOf, placeOf } from "./json-places";

const TEXT = `{
  "a/b": [1, {"c": "x,\\"}"}],
  "d": true
}`;

test("every value is found by its pointer, members at their key", () => {
  const places = jsonPlaces(TEXT);
  expect([...places.keys()]).toEqual(["", "/a~1b", "/a~1b/0", "/a~1b/1", "/a~1b/1/c", "/d"]);
  expect(TEXT.slice(places.get("/d"))).toMatch(/^"d"/);
  expect(TEXT.slice(places.get("/a~1b/0"))).toMatch(/^1/);
  expect(lineOf(TEXT, places.get("/d") ?? 0)).toBe(3);
});

test("a key that is missing is looked for where it should be", () => {
  const places = jsonPlaces(TEXT);
  expect(placeOf(places, "/a~1b/1/missing")).toBe(places.get("/a~1b/1"));
  expect(placeOf(places, "/missing")).toBe(0);
});

test("a text that breaks off ends the search", () => {
  for (let length = 0; length <= TEXT.length; length++) expect(jsonPlaces(TEXT.slice(0, length)).has("")).toBe(true);
  expect(jsonPlaces('{"a" 1, "b": [').has("")).toBe(true);
});
