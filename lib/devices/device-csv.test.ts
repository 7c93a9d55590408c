import fc from "fast-check";
import { expect, test } from "vitest";
import { csvCell, csvLine } from "./device-csv";

test.each([["=1+1", "'=1+1"], ["+49", "'+49"], ["-2", "'-2"], ["@SUM(A1)", "'@SUM(A1)"], ["\tx", "'\tx"], ["Anna", "Anna"], ["a,b", '"a,b"'], ['say "hi"', '"say ""hi"""'], ["=a,b", `"'=a,b"`]])(
  "a cell %j is written as %j",
  (value, written) => expect(csvCell(value)).toBe(written),
);

test("whatever a device is called, its line has as many cells as columns, and none begins a formula", () => {
  fc.assert(
    fc.property(fc.array(fc.string(), { minLength: 1, maxLength: 5 }), (cells) => {
      const read = parse(csvLine(cells));
      expect(read).toHaveLength(cells.length);
      for (const cell of read) expect(cell).not.toMatch(/^[=+\-@\t\r]/);
    }),
  );
});

/** A reader of RFC 4180, one line. */
function parse(line: string): string[] {
  const cells: string[] = [];
  let rest = line.slice(0, -2);
  for (;;) {
    const [whole, quoted, plain] = /^(?:"((?:[^"]|"")*)"|([^",]*))/.exec(rest) ?? ["", undefined, ""];
    cells.push(quoted === undefined ? (plain ?? "") : quoted.replaceAll('""', '"'));
    rest = rest.slice(whole.length);
    if (rest === "") return cells;
    expect(rest[0]).toBe(",");
    rest = rest.slice(1);
  }
}
