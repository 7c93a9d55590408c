import { ProtocolError } from "../protocol-error";
import { base64OfBytes } from "./base64";
import { holdsIllegalCharacter } from "./plist-text";
import { PlistReal, type PlistDictionary, type PlistValue } from "./plist-value";

const HEAD = `<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE plist PUBLIC "-//Apple//DTD PLIST 1.0//EN" "http://www.apple.com/DTDs/PropertyList-1.0.dtd">
<plist version="1.0">
`;

/**
 * Writes an XML property list with exact types, indented for people.
 * Not by the package `plist`: it writes a real without a fraction as an <integer> and 1e21 as "1e+21".
 * @throws ProtocolError value-not-writable for text with control characters and for dates without a year of four digits
 */
export function writePlist(value: PlistValue): string {
  return `${HEAD}${element(value, "")}</plist>\n`;
}

function element(value: PlistValue, indent: string): string {
  switch (typeof value) {
    case "string":
      return `${indent}<string>${escaped(value)}</string>\n`;
    case "boolean":
      return `${indent}<${String(value)}/>\n`;
    case "bigint":
      return `${indent}<integer>${value}</integer>\n`;
    case "number":
      return Number.isInteger(value) ? `${indent}<integer>${BigInt(value)}</integer>\n` : `${indent}${real(value)}`;
  }
  if (value instanceof PlistReal) return `${indent}${real(value.value)}`;
  if (value instanceof Date) return `${indent}<date>${dateText(value)}</date>\n`;
  if (value instanceof Uint8Array) return `${indent}<data>${base64OfBytes(value)}</data>\n`;
  return Array.isArray(value) ? array(value, indent) : dictionary(value, indent);
}

function array(values: PlistValue[], indent: string): string {
  if (values.length === 0) return `${indent}<array/>\n`;
  const inner = values.map((value) => element(value, `${indent}\t`)).join("");
  return `${indent}<array>\n${inner}${indent}</array>\n`;
}

function dictionary(values: PlistDictionary, indent: string): string {
  const entries = Object.entries(values);
  if (entries.length === 0) return `${indent}<dict/>\n`;
  const inner = entries.map(([key, value]) => `${indent}\t<key>${escaped(key)}</key>\n${element(value, `${indent}\t`)}`).join("");
  return `${indent}<dict>\n${inner}${indent}</dict>\n`;
}

function real(value: number): string {
  if (Number.isNaN(value)) return "<real>nan</real>\n";
  if (!Number.isFinite(value)) return `<real>${value > 0 ? "inf" : "-inf"}</real>\n`;
  return `<real>${Number.isInteger(value) && Math.abs(value) < 1e21 ? value.toFixed(1) : value}</real>\n`;
}

function dateText(date: Date): string {
  const text = Number.isNaN(date.getTime()) ? "" : date.toISOString();
  if (!/^\d{4}-/.test(text)) throw new ProtocolError("value-not-writable", "a date outside the years 0 to 9999");
  return text.replace(/\.\d{3}Z$/, "Z");
}

const ENTITIES: Record<string, string> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", "\r": "&#13;" };

/** A bare carriage return would be read back as a line feed (XML 1.0 section 2.11). */
function escaped(text: string): string {
  if (holdsIllegalCharacter(text)) throw new ProtocolError("value-not-writable", "text holds a control character");
  return text.replace(/[&<>\r]/g, (character) => ENTITIES[character] ?? character);
}
