import { expect, test } from "vitest";
import { readServerToken } from "./server-token";

const TOKEN = { consumer_key: "CK_1", consumer_secret: "CS_1", access_token: "AT_1", access_secret: "AS_1", access_token_expiry: "2027-03-04T05:06:07Z" };
const message = (json: unknown, end = "\r\n") => Buffer.from(["Content-Type: text/plain;charset=UTF-8", "", "-----BEGIN MESSAGE-----", JSON.stringify(json), "-----END MESSAGE-----", ""].join(end));

test("the token is read, with lines ended in either way", () => {
  for (const end of ["\r\n", "\n"]) {
    expect(readServerToken(message(TOKEN, end))).toEqual({ consumerKey: "CK_1", consumerSecret: "CS_1", accessToken: "AT_1", accessSecret: "AS_1", expiresAt: new Date("2027-03-04T05:06:07Z") });
  }
});

test("what is no token is refused, and its words are not repeated", () => {
  for (const text of [Buffer.from("secret words"), message("secret"), message({ ...TOKEN, access_secret: 7 }), message({ ...TOKEN, access_token_expiry: "soon" })]) {
    expect(() => readServerToken(text)).toThrow(/^what was decrypted is not a server token$/);
  }
});
