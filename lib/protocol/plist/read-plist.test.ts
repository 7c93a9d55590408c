import { expect, test } from "vitest";
import { ProtocolError } from "../protocol-error";
import { PLIST_LIMITS } from "./plist-limits";
import { PlistReal } from "./plist-value";
import { readPlist } from "./read-plist";

function read(xml: string) {
  return readPlist(new TextEncoder().encode(xml));
}

function inPlist(content: string): string {
  return `<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE plist PUBLIC "-//Apple//DTD PLIST 1.0//EN" "http://www.apple.com/DTDs/PropertyList-1.0.dtd">
<plist version="1.0">${content}</plist>`;
}

function problemOf(xml: string): string {
  try {
    read(xml);
  } catch (error) {
    if (error instanceof ProtocolError && error.code === "plist-malformed") return error.message;
    throw error;
  }
  throw new Error("was read");
}

test("every type is read as what it is", () => {
  const value = read(
    inPlist(`<dict>
      <key>string</key><string> a &lt;b&gt; &amp; &#228; <![CDATA[<c>]]><!-- no --> </string>
      <key>empty</key><string/>
      <key>integer</key><integer> -42 </integer>
      <key>big</key><integer>9007199254740993</integer>
      <key>unsigned</key><integer>18446744073709551615</integer>
      <key>hexadecimal</key><integer>0xFF</integer>
      <key>real</key><real>0.5</real>
      <key>yes</key><true/><key>no</key><false></false>
      <key>date</key><date>2030-01-31T12:34:56Z</date>
      <key>data</key><data>
        aGVs
        bG8=
      </data>
      <key>noData</key><data></data>
      <key>array</key><array><string>x</string><array/><dict/></array>
    </dict>`),
  );
  expect(value).toEqual({
    string: " a <b> & ä <c> ",
    empty: "",
    integer: -42,
    big: 9007199254740993n,
    unsigned: 18446744073709551615n,
    hexadecimal: 255,
    real: 0.5,
    yes: true,
    no: false,
    date: new Date("2030-01-31T12:34:56Z"),
    data: new Uint8Array([104, 101, 108, 108, 111]),
    noData: new Uint8Array(0),
    array: ["x", [], {}],
  });
});

test("a real without a fraction stays a real", () => {
  expect(read(inPlist("<real>256.0</real>"))).toEqual(new PlistReal(256));
  expect(read(inPlist("<real>nan</real>"))).toBeNaN();
  expect(read(inPlist("<real>-inf</real>"))).toBe(-Infinity);
  expect(read(inPlist("<real>+Infinity</real>"))).toBe(Infinity);
});

test("a key cannot reach a prototype", () => {
  const value = read(inPlist("<dict><key>__proto__</key><dict><key>admin</key><true/></dict><key>constructor</key><string>x</string></dict>"));
  expect(Object.getPrototypeOf(value)).toBeNull();
  expect(Object.keys(value)).toEqual(["__proto__", "constructor"]);
  expect(({} as Record<string, unknown>)["admin"]).toBeUndefined();
});

test("a value without <plist> around it is read", () => {
  expect(read("<dict><key>a</key><integer>1</integer></dict>")).toEqual({ a: 1 });
});

test("control characters and broken UTF-8, which devices do send, become U+FFFD", () => {
  const bytes = new TextEncoder().encode(inPlist("<string>a\u0007b?</string>"));
  bytes[bytes.indexOf("?".charCodeAt(0), bytes.length - 25)] = 0xff;
  expect(readPlist(bytes)).toBe("a\ufffdb\ufffd");
});

test("a DOCTYPE that declares entities is refused, whether they are used or not", () => {
  const laughs = `<!DOCTYPE plist [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;">]><plist><string>&c;</string></plist>`;
  expect(problemOf(laughs)).toBe("the DOCTYPE declares entities");
  expect(problemOf(`<!DOCTYPE plist [<!ENTITY x SYSTEM "file:///etc/passwd">]><plist><string>a</string></plist>`)).toBe("the DOCTYPE declares entities");
  expect(problemOf(inPlist("<string>&unknown;</string>"))).toBe("the XML is not well formed");
});

test("nesting is bounded", () => {
  const nested = (depth: number) => inPlist("<array>".repeat(depth) + "</array>".repeat(depth));
  expect(() => read(nested(PLIST_LIMITS.depth))).not.toThrow();
  expect(problemOf(nested(PLIST_LIMITS.depth + 1))).toBe("the property list is nested too deep");
  expect(problemOf(inPlist("<array>".repeat(1_000_000)))).toBe("the property list is nested too deep");
});

test("the number of elements is bounded", () => {
  expect(problemOf(inPlist(`<array>${"<true/>".repeat(PLIST_LIMITS.elements)}</array>`))).toBe("the property list has too many elements");
});

test("the size is bounded", () => {
  expect(() => readPlist(new Uint8Array(PLIST_LIMITS.bytes + 1))).toThrow("the property list is too large");
});

test.each([
  ["an unknown element", "<null/>"],
  ["an element inside a value", "<string><b/></string>"],
  ["a nested plist", "<array><plist/></array>"],
  ["text between elements", "<dict>text</dict>"],
  ["a value without a key", "<dict><string/></dict>"],
  ["a key without a value", "<dict><key>a</key></dict>"],
  ["two keys", "<dict><key>a</key><key>b</key><true/></dict>"],
  ["a key in an array", "<array><key>a</key></array>"],
  ["two values", "<true/><true/>"],
  ["nothing", ""],
  ["a wrong integer", "<integer>1.5</integer>"],
  ["an empty integer", "<integer/>"],
  ["an integer beyond 64 bits", "<integer>18446744073709551616</integer>"],
  ["an endless integer", `<integer>${"9".repeat(100_000)}</integer>`],
  ["a wrong real", "<real>1,5</real>"],
  ["an endless real", `<real>${"9".repeat(100_000)}x</real>`],
  ["a wrong date", "<date>2030-01-31</date>"],
  ["an impossible date", "<date>2030-13-31T00:00:00Z</date>"],
  ["wrong data", "<data>a*b=</data>"],
  ["an end without a start", "</dict>"],
  ["a start without an end", "<dict>"],
  ["a reference to NUL", "<string>&#0;</string>"],
])("%s is refused", (_name, content) => {
  expect(problemOf(inPlist(content))).toBeTypeOf("string");
});

test("no error quotes the input", () => {
  for (const content of ["<integer>hunter2</integer>", "<hunter2/>", "<dict>hunter2</dict>", "<string>hunter2</dict>"]) {
    expect(problemOf(inPlist(content))).not.toContain("hunter2");
  }
});

test("what is not a property list at all is refused", () => {
  for (const bytes of [new Uint8Array(0), new TextEncoder().encode("{}"), new Uint8Array([0x30, 0x82, 1, 0])]) {
    expect(() => readPlist(bytes)).toThrow(ProtocolError);
  }
});
