import { sha256Hex } from "@/lib/crypto/fingerprint";
import { declarationKind } from "@/lib/protocol/declarations/validate-declaration";
import { canonicalJson, serverTokenOf } from "./server-token";

/** What a manifest promises of one declaration. */
export interface SnapshotItem {
  identifier: string;
  type: string;
  serverToken: string;
  /** Null for the activation that we make. */
  declarationId: string | null;
  /** Of the activation that we make: it has no version in the store. */
  payload?: Record<string, unknown>;
}

export interface ItemSet {
  /** The DeclarationsToken: it changes when, and only when, the set or the content of a declaration does. */
  token: string;
  items: SnapshotItem[];
}

/** A declaration as it is assigned. */
export interface AssignedDeclaration {
  id: string;
  identifier: string;
  type: string;
  serverToken: string;
  payload: unknown;
}

const ACTIVATION = "com.apple.activation.simple";
/** Identifiers that begin so are ours. */
export const OWN_PREFIX = "muster.";
const DEFAULT_ACTIVATION = `${OWN_PREFIX}default-activation`;

/**
 * The set of a channel from what is assigned to it. A configuration without an activation does nothing (Apple,
 * "Activations"), so one is made for all those that no assigned activation names.
 */
export function itemSetOf(assigned: readonly AssignedDeclaration[]): ItemSet {
  const items: SnapshotItem[] = assigned.map(({ id, identifier, type, serverToken }) => ({ identifier, type, serverToken, declarationId: id }));
  const activated = new Set(assigned.filter(({ type }) => declarationKind(type) === "activation").flatMap(({ payload }) => configurationsOf(payload)));
  const idle = assigned.filter(({ type, identifier }) => declarationKind(type) === "configuration" && !activated.has(identifier)).map(({ identifier }) => identifier);
  if (idle.length > 0) items.push(defaultActivation(idle.toSorted()));
  const sorted = items.toSorted((a, b) => (a.identifier < b.identifier ? -1 : 1));
  return { token: sha256Hex(canonicalJson(sorted.map((item) => [item.identifier, item.type, item.serverToken]))), items: sorted };
}

/** Of no declarations at all. */
export const EMPTY_SET = itemSetOf([]);

function defaultActivation(configurations: string[]): SnapshotItem {
  const declaration = { identifier: DEFAULT_ACTIVATION, type: ACTIVATION, payload: { StandardConfigurations: configurations } };
  return { ...declaration, serverToken: serverTokenOf(declaration), declarationId: null };
}

function configurationsOf(payload: unknown): unknown[] {
  if (typeof payload !== "object" || payload === null || !("StandardConfigurations" in payload)) return [];
  return Array.isArray(payload.StandardConfigurations) ? (payload.StandardConfigurations as unknown[]) : [];
}
