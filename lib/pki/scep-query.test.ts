import { expect, test } from "vitest";
import { messageOfQuery, queryParameter } from "./scep-query";

/** Its base64 has plus, slash and padding. */
const bytes = Buffer.from("fbefbefffffffb", "hex");
const standard = bytes.toString("base64");

test.each([
  ["as macOS sends it", standard.replaceAll("=", "%3D")],
  ["wholly escaped", encodeURIComponent(standard)],
  ["not escaped at all", standard],
  ["in the URL-safe alphabet", bytes.toString("base64url")],
  ["with escaped line ends", `${standard.slice(0, 4)}%0D%0A${standard.slice(4)}`],
])("a message %s is read", (_, message) => {
  expect(standard).toMatch(/\+.*\/.*=/);
  expect(messageOfQuery(`operation=PKIOperation&message=${message}`)).toEqual(bytes);
  expect(messageOfQuery(`message=${message}&operation=PKIOperation`)).toEqual(bytes);
});

test.each(["", "operation=PKIOperation", "message=", "message", "message=%%%", "message=a.b", "message=abc=d", "xmessage=YWJj"])(
  "%s holds no message",
  (query) => expect(messageOfQuery(query)).toBeNull(),
);

test("parameters are found by their whole name", () => {
  expect(queryParameter("xoperation=a&operation=GetCACaps&message=", "operation")).toBe("GetCACaps");
  expect(queryParameter("a=1", "operation")).toBeNull();
  expect(queryParameter("operation", "operation")).toBe("");
});
