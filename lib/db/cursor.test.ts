import { expect, test } from "vitest";
import { decodeSequenceCursor, decodeTimeCursor, encodeCursor } from "./cursor";

const ID = "0b7f2f0e-7a43-4d53-9d0b-0d6c5c4a1b2c";

test("a cursor comes back as it was handed out", () => {
  const at = new Date();
  expect(decodeTimeCursor(encodeCursor([at.toISOString(), ID]))).toEqual({ at, id: ID });
  expect(decodeSequenceCursor(encodeCursor(["42", ID]))).toBe("42");
});

test.each(["", "nonsense", encodeCursor(["5", ID]), encodeCursor(["2026-01-01T00:00:00.000Z", "x"]), encodeCursor(["'; --", ID]), Buffer.from("[]").toString("base64url")])(
  "anything else is refused before it reaches the database: %s",
  (cursor) => {
    expect(() => decodeTimeCursor(cursor)).toThrow(/cursor/);
    if (cursor !== encodeCursor(["5", ID])) expect(() => decodeSequenceCursor(cursor)).toThrow(/cursor/);
  },
);
