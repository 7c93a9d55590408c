import { expect, test } from "vitest";
import { localPath } from "./local-path";

test("a path of this site is kept with its query", () => {
  expect(localPath("/devices?state=enrolled")).toBe("/devices?state=enrolled");
});

test.each(["https://evil.example/", "//evil.example/", "/\\evil.example", "/\t/evil.example", "javascript:alert(1)", undefined, ["/a", "/b"]])(
  "%j never leads away from this site",
  (address) => {
    expect(localPath(address)).toBe("/");
  },
);
