import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { parse } from "yaml";
import type { PayloadAvailability, PayloadForm, PayloadKey } from "@/lib/protocol/library/payload-spec";

/** What we read of Apple's YAML; every other key is prose. */
interface Source {
  introduced?: string;
  removed?: string;
  deprecated?: string;
  supervised?: boolean;
  devicechannel?: boolean;
  userenrollment?: { mode?: string };
}
interface SourceKey {
  key: string;
  type: string;
  presence?: string;
  rangelist?: (string | number)[];
  supportedOS?: Record<string, Source>;
  subkeys?: SourceKey[];
}
interface SourceFile {
  title: string;
  payload: { payloadtype: string; supportedOS?: Record<string, Source> };
  payloadkeys?: SourceKey[];
}

/** Folders of a home screen hold folders without end; no payload is otherwise as deep. */
const DEEPEST = 5;

/** Keys common to all payloads and the profile itself: described beside the payloads. */
const NO_TYPES = ["CommonPayloadKeys", "TopLevel"];

/** Every payload type in the folder of Apple's schema, by name, with each of its forms. */
export function readProfileSchema(folder: string): Record<string, PayloadForm[]> {
  const files = readdirSync(folder).filter((file) => file.endsWith(".yaml")).toSorted();
  const forms: Record<string, PayloadForm[]> = {};
  for (const file of files) {
    const { title, payload, payloadkeys } = parse(readFileSync(path.join(folder, file), "utf8")) as SourceFile;
    if (NO_TYPES.includes(payload.payloadtype)) continue;
    (forms[payload.payloadtype] ??= []).push({ title, os: availabilities(payload.supportedOS ?? {}), keys: (payloadkeys ?? []).map((key) => keyOf(key, 1)) });
  }
  return Object.fromEntries(Object.entries(forms).toSorted(([a], [b]) => (a < b ? -1 : 1)));
}

function availabilities(supported: Record<string, Source>): Record<string, PayloadAvailability> {
  return Object.fromEntries(Object.entries(supported).map(([os, source]) => [os, availability(source)] as const).filter(([, found]) => Object.keys(found).length > 0));
}

function availability(source: Source): PayloadAvailability {
  const mode = source.userenrollment?.mode;
  return {
    ...(source.introduced === undefined ? {} : { introduced: source.introduced === "n/a" ? null : source.introduced }),
    ...(source.removed === undefined ? {} : { removed: source.removed }),
    ...(source.deprecated === undefined ? {} : { deprecated: source.deprecated }),
    ...(source.supervised === true ? { supervised: true } : {}),
    ...(source.devicechannel === false ? { deviceChannel: false } : {}),
    ...(mode === "forbidden" || mode === "ignored" ? { userEnrollment: mode } : {}),
  };
}

function keyOf(source: SourceKey, depth: number): PayloadKey {
  const type = source.type.replace(/^<|>$/g, "") as PayloadKey["type"];
  const below = depth === DEEPEST ? [] : (source.subkeys ?? []).map((key) => keyOf(key, depth + 1));
  const os = source.supportedOS === undefined ? {} : availabilities(source.supportedOS);
  return {
    key: source.key,
    type,
    ...(source.presence === "required" ? { required: true } : {}),
    ...(source.rangelist === undefined ? {} : { values: source.rangelist }),
    ...(Object.keys(os).length === 0 ? {} : { os }),
    ...(type === "array" && below.length > 0 ? { items: below } : {}),
    ...(type === "dictionary" && below.length > 0 ? { keys: below } : {}),
  };
}
