import { SaxesParser } from "saxes";
import { ProtocolError } from "../protocol-error";
import { PLIST_LIMITS } from "./plist-limits";
import { withLegalCharacters } from "./plist-text";
import { emptyDictionary, type PlistDictionary, type PlistValue } from "./plist-value";
import { malformed, readData, readDate, readInteger, readReal } from "./read-scalar";

/**
 * Reads an XML property list within PLIST_LIMITS. The DOCTYPE is read and never followed; one that declares anything
 * is refused. Raw control characters, which Apple's own writer lets through, become U+FFFD.
 * @throws ProtocolError plist-malformed; with `cause` where the XML itself is broken
 */
export function readXmlPlist(xml: string): PlistValue {
  if (xml.length > PLIST_LIMITS.bytes) throw malformed("the property list is too large");
  const tree = new PlistTree();
  const parser = new SaxesParser({ position: false, forceXMLVersion: true, defaultXMLVersion: "1.0" });
  parser.on("doctype", refuseDeclarations);
  parser.on("opentag", (tag) => tree.open(tag.name));
  parser.on("closetag", (tag) => tree.close(tag.name));
  parser.on("text", (text) => tree.addText(text));
  parser.on("cdata", (text) => tree.addText(text));
  try {
    parser.write(withLegalCharacters(xml)).close();
  } catch (error) {
    if (error instanceof ProtocolError) throw error;
    throw new ProtocolError("plist-malformed", "the XML is not well formed", { cause: error });
  }
  return tree.root();
}

function refuseDeclarations(doctype: string): void {
  if (doctype.includes("[")) throw malformed("the DOCTYPE declares entities");
}

type Frame = { kind: "array"; value: PlistValue[] } | { kind: "dict"; value: PlistDictionary; key: string | null };

/** Builds the value from the parser's events. */
class PlistTree {
  readonly #frames: Frame[] = [];
  #frame: Frame | null = null;
  /** The element whose text is being collected. */
  #leaf: string | null = null;
  #text = "";
  #elements = 0;
  #root: PlistValue | undefined;

  open(name: string): void {
    if (++this.#elements > PLIST_LIMITS.elements) throw malformed("the property list has too many elements");
    if (this.#leaf !== null) throw malformed("an element inside a value");
    switch (name) {
      case "dict":
        return this.#push({ kind: "dict", value: emptyDictionary(), key: null });
      case "array":
        return this.#push({ kind: "array", value: [] });
      case "key":
      case "string":
      case "integer":
      case "real":
      case "date":
      case "data":
      case "true":
      case "false":
        this.#leaf = name;
        this.#text = "";
        return;
      case "plist":
        if (this.#elements === 1) return;
    }
    throw malformed("an element that property lists do not have");
  }

  addText(text: string): void {
    if (this.#leaf !== null) this.#text += text;
    else if (text.trim() !== "") throw malformed("text between elements");
  }

  close(name: string): void {
    if (this.#leaf !== null) {
      this.#leaf = null;
      if (name === "key") this.#setKey(this.#text);
      else this.#place(scalar(name, this.#text));
    } else if (name !== "plist") this.#pop();
  }

  root(): PlistValue {
    if (this.#root === undefined) throw malformed("the property list is empty");
    return this.#root;
  }

  #push(frame: Frame): void {
    if (this.#frames.push(frame) > PLIST_LIMITS.depth) throw malformed("the property list is nested too deep");
    this.#frame = frame;
  }

  #pop(): void {
    const frame = this.#frames.pop();
    this.#frame = this.#frames.at(-1) ?? null;
    if (frame === undefined || (frame.kind === "dict" && frame.key !== null)) throw malformed("a key without a value");
    this.#place(frame.value);
  }

  #setKey(key: string): void {
    const frame = this.#frame;
    if (frame?.kind !== "dict" || frame.key !== null) throw malformed("a key out of place");
    frame.key = key;
  }

  #place(value: PlistValue): void {
    const frame = this.#frame;
    if (frame === null) {
      if (this.#root !== undefined) throw malformed("more than one value");
      this.#root = value;
    } else if (frame.kind === "array") frame.value.push(value);
    else {
      if (frame.key === null) throw malformed("a value without a key");
      frame.value[frame.key] = value;
      frame.key = null;
    }
  }
}

function scalar(name: string, text: string): PlistValue {
  switch (name) {
    case "string":
      return text;
    case "integer":
      return readInteger(text);
    case "real":
      return readReal(text);
    case "date":
      return readDate(text);
    case "data":
      return readData(text);
    default:
      return name === "true";
  }
}
