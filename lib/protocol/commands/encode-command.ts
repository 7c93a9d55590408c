import { holdsIllegalCharacter } from "../plist/plist-text";
import { isDictionary, type PlistDictionary, type PlistValue } from "../plist/plist-value";
import { readXmlPlist } from "../plist/read-xml-plist";
import { ProtocolError } from "../protocol-error";
import { COMMANDS } from "./catalog";
import type { EncodeError } from "./encode-error";
import { encodeKeys } from "./encode-value";

export type { EncodeError } from "./encode-error";

export type EncodedCommand = { ok: true; command: PlistDictionary } | { ok: false; errors: EncodeError[] };
export type RawCommand = { ok: true; requestType: string; command: PlistDictionary } | { ok: false; errors: EncodeError[] };

/**
 * Encodes a command of the catalog. Parameters are JSON by Apple's key names: data is base64, dates are ISO 8601 with
 * a zone. Pointers of errors begin below the parameters ("/PIN"), but "/requestType" for a command that is not known.
 */
export function encodeCommand(requestType: string, parameters: Record<string, unknown>): EncodedCommand {
  const spec = COMMANDS[requestType];
  if (spec === undefined) return { ok: false, errors: [{ pointer: "/requestType", detail: "this command is not known; send it as a raw property list" }] };
  const errors: EncodeError[] = [];
  const encoded = encodeKeys(spec.parameters, parameters, "", errors);
  if (encoded === null) return { ok: false, errors };
  const broken = spec.rules.flatMap((rule) => rule(encoded) ?? []);
  return broken.length > 0 ? { ok: false, errors: broken } : { ok: true, command: { RequestType: requestType, ...encoded } };
}

const LONGEST_REQUEST_TYPE = 100;

/**
 * Reads a command from XML: a whole `{CommandUUID, Command}`, whose UUID is dropped because ours replaces it, or the
 * bare `{RequestType, …}`. The parameters are taken as they stand. Pointers are below the property list, "" being all of it.
 */
export function readRawCommand(xml: string): RawCommand {
  let value: PlistValue;
  try {
    if (holdsIllegalCharacter(xml)) return refused("", "holds a control character");
    value = readXmlPlist(xml.trim());
  } catch (error) {
    if (error instanceof ProtocolError) return refused("", error.message);
    throw error;
  }
  if (!isDictionary(value)) return refused("", "must be a dictionary");
  const isWhole = value.Command !== undefined && value.RequestType === undefined;
  const command = isWhole ? value.Command : value;
  const root = isWhole ? "/Command" : "";
  if (!isDictionary(command)) return refused(root, "must be a dictionary");
  const requestType = command.RequestType;
  if (typeof requestType !== "string" || requestType === "") return refused(`${root}/RequestType`, "is required");
  if (requestType.length > LONGEST_REQUEST_TYPE) return refused(`${root}/RequestType`, "is too long");
  return { ok: true, requestType, command };
}

function refused(pointer: string, detail: string): { ok: false; errors: EncodeError[] } {
  return { ok: false, errors: [{ pointer, detail }] };
}
