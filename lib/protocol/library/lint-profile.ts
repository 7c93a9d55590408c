import { isDictionary, type PlistDictionary, type PlistValue } from "../plist/plist-value";
import { writePlist } from "../plist/write-plist";
import { checkPayload, payloadForms } from "./check-payload";
import type { LintFinding } from "./lint-finding";
import { below, PROFILE_VARIABLES, variablesIn } from "./variables";

/** Our own profiles: what devices know their management by. */
const RESERVED = /^muster(\.|$)/i;
const UUID = /^[0-9A-F]{8}(-[0-9A-F]{4}){3}-[0-9A-F]{12}$/i;
/** Payloads that manage a device: installed beside ours they would replace it. */
const MANAGEMENT = new Set(["com.apple.mdm"]);
/** Variables of other servers that nobody would fill in. */
const FOREIGN_VARIABLE = /\$FLEET_(VAR|SECRET)_\w+|\{\{\s*[\w.]+\s*\}\}|\$(SERIALNUMBER|UDID|DEVICENAME|USERNAME|EMAIL|FULLNAME)\b|%(SerialNumber|UDID|DeviceName|EmailAddress)%/i;
const MOST_FINDINGS = 200;
const LONGEST_IDENTIFIER = 255;
/** As XML. A binary property list can name one part many times. */
const LARGEST_WRITTEN = 8 * 1024 * 1024;

/** Holds a configuration profile against what devices demand of it, Apple's schema, and what would harm the management. Errors first. */
export function lintProfile(profile: PlistDictionary): LintFinding[] {
  const findings = [...lintTop(profile), ...lintPayloads(profile), ...lintVariables(profile), ...lintWriting(profile)];
  const order = { error: 0, warning: 1, note: 2 };
  return findings.toSorted((a, b) => order[a.severity] - order[b.severity]).slice(0, MOST_FINDINGS);
}

/** Those of the errors for which a file is not even kept: without an identifier of its own it could never be taken away again, and nothing may manage beside us. */
export function refusedOutright(profile: PlistDictionary, findings: readonly LintFinding[]): LintFinding[] {
  const payloads = Array.isArray(profile["PayloadContent"]) ? profile["PayloadContent"] : [];
  const manages = (pointer: string): boolean => payloads.some((payload, index) => pointer === `/PayloadContent/${index}/PayloadType` && isDictionary(payload) && MANAGEMENT.has(String(payload["PayloadType"])));
  return findings.filter(({ severity, pointer }) => severity === "error" && (pointer === "/PayloadIdentifier" || pointer === "/PayloadType" || manages(pointer)));
}

function lintTop(profile: PlistDictionary): LintFinding[] {
  const identifier = profile["PayloadIdentifier"];
  return [
    ...lintCommon(profile, ""),
    ...(profile["PayloadType"] === "Configuration" ? [] : [error("/PayloadType", "must be Configuration.")]),
    ...(typeof identifier === "string" && RESERVED.test(identifier) ? [error("/PayloadIdentifier", "begins like the enrollment profile of this server, which it must not replace.")] : []),
    ...(typeof identifier === "string" && (identifier.length > LONGEST_IDENTIFIER || /\p{C}/u.test(identifier)) ? [error("/PayloadIdentifier", `must be at most ${LONGEST_IDENTIFIER} printable characters.`)] : []),
    ...(typeof identifier === "string" && variablesIn(identifier).length > 0 ? [error("/PayloadIdentifier", "must be the same on every device: no variable can stand in it.")] : []),
    ...(profile["EncryptedPayloadContent"] === undefined && profile["IsEncrypted"] !== true ? [] : [error("/EncryptedPayloadContent", "is encrypted for one device: nobody else can read it.")]),
    ...(profile["PayloadRemovalDisallowed"] === true ? [note("/PayloadRemovalDisallowed", "changes nothing for a profile that management installs: people cannot remove it anyway, and unassigning removes it.")] : []),
    ...(profile["PayloadScope"] === "User" ? [warning("/PayloadScope", "asks for the channel of a user; it is sent on that of the device, where it becomes System.")] : []),
    ...(["RemovalDate", "DurationUntilRemoval"].filter((key) => profile[key] !== undefined).map((key) => warning(`/${key}`, "lets the device remove it by itself, which will show as drift."))),
  ];
}

/** Apple, "CommonPayloadKeys" and "TopLevel": every part has these four. */
function lintCommon(part: PlistDictionary, pointer: string): LintFinding[] {
  const findings: LintFinding[] = [];
  for (const key of ["PayloadIdentifier", "PayloadUUID", "PayloadType"]) {
    const value = part[key];
    if (value === undefined) findings.push(error(below(pointer, key), "is required, and is not there."));
    else if (typeof value !== "string" || value.trim() === "") findings.push(error(below(pointer, key), "must be text (string)."));
  }
  if (part["PayloadVersion"] === undefined) findings.push(error(below(pointer, "PayloadVersion"), "is required, and is not there."));
  else if (part["PayloadVersion"] !== 1) findings.push(error(below(pointer, "PayloadVersion"), "must be the whole number 1."));
  const uuid = part["PayloadUUID"];
  if (typeof uuid === "string" && uuid !== "" && !UUID.test(uuid)) findings.push(warning(below(pointer, "PayloadUUID"), "does not look like a UUID; devices take any text that is unique."));
  return findings;
}

function lintPayloads(profile: PlistDictionary): LintFinding[] {
  const payloads = profile["PayloadContent"];
  if (payloads === undefined) return [error("/PayloadContent", "is required, and is not there.")];
  if (!Array.isArray(payloads)) return [error("/PayloadContent", "must be a list (array).")];
  if (payloads.length === 0) return [warning("/PayloadContent", "is empty: the profile does nothing.")];
  const findings = payloads.flatMap((payload, index) => lintPayload(payload, `/PayloadContent/${index}`));
  return [...findings, ...duplicates(profile, payloads, "PayloadUUID"), ...duplicates(profile, payloads, "PayloadIdentifier")];
}

function lintPayload(payload: PlistValue, pointer: string): LintFinding[] {
  if (!isDictionary(payload)) return [error(pointer, "must be a dictionary (dict).")];
  const type = payload["PayloadType"];
  const common = lintCommon(payload, pointer);
  if (typeof type !== "string") return common;
  if (MANAGEMENT.has(type)) return [...common, error(below(pointer, "PayloadType"), "would replace the management of this server.")];
  const forms = payloadForms(type);
  if (forms === null) return [...common, warning(below(pointer, "PayloadType"), `Apple’s schema has no ${type}: nothing in it could be checked.`)];
  return [...common, ...checkPayload(payload, forms, pointer)];
}

/** The same value twice: devices tell the parts apart by it. */
function duplicates(profile: PlistDictionary, payloads: readonly PlistValue[], key: "PayloadUUID" | "PayloadIdentifier"): LintFinding[] {
  const seen = new Map<string, string>();
  const own = profile[key];
  if (typeof own === "string") seen.set(own.toUpperCase(), "the profile itself");
  return payloads.flatMap((payload, index) => {
    const value = isDictionary(payload) ? payload[key] : undefined;
    if (typeof value !== "string" || value === "") return [];
    const first = seen.get(value.toUpperCase());
    seen.set(value.toUpperCase(), first ?? `payload ${index + 1}`);
    if (first === undefined) return [];
    const finding = key === "PayloadUUID" ? error : warning;
    return [finding(`/PayloadContent/${index}/${key}`, `is also that of ${first}.`)];
  });
}

function lintVariables(profile: PlistDictionary): LintFinding[] {
  const unknown = variablesIn(profile)
    .filter(({ variable }) => variable === null)
    .map(({ name, pointer }) => error(pointer, `there is no variable $MUSTER_${name}. There are ${Object.keys(PROFILE_VARIABLES).map((known) => `$MUSTER_${known}`).join(", ")}.`));
  return [...unknown, ...foreignVariables(profile, "")];
}

/** Devices get it as XML, whatever it came as. */
function lintWriting(profile: PlistDictionary): LintFinding[] {
  try {
    return writePlist(profile).length > LARGEST_WRITTEN ? [error("", "is larger than 8 MiB when it is written as XML.")] : [];
  } catch {
    return [error("", "holds a text with control characters, or a date, that an XML property list cannot hold.")];
  }
}

function foreignVariables(value: PlistValue, pointer: string): LintFinding[] {
  if (typeof value === "string") {
    const found = FOREIGN_VARIABLE.exec(value)?.[0];
    return found === undefined ? [] : [warning(pointer, `${found} looks like a variable of another server. It is sent as it stands; here they begin with $MUSTER_.`)];
  }
  if (Array.isArray(value)) return value.flatMap((part, index) => foreignVariables(part, `${pointer}/${index}`));
  return isDictionary(value) ? Object.entries(value).flatMap(([key, part]) => foreignVariables(part, below(pointer, key))) : [];
}

const error = (pointer: string, detail: string): LintFinding => ({ severity: "error", pointer, detail });
const warning = (pointer: string, detail: string): LintFinding => ({ severity: "warning", pointer, detail });
const note = (pointer: string, detail: string): LintFinding => ({ severity: "note", pointer, detail });
