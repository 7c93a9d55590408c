import { expect, test } from "vitest";
import { logLine } from "./log";

test("a line is one line of JSON, with errors and their causes readable", () => {
  const line = logLine("error", "two\nlines", { error: new Error("outer", { cause: new TypeError("inner") }), count: 7n });
  expect(line).not.toContain("\n");
  expect(JSON.parse(line)).toMatchObject({
    level: "error",
    message: "two\nlines",
    count: "7",
    error: { name: "Error", message: "outer", cause: { name: "TypeError", message: "inner" } },
  });
});
