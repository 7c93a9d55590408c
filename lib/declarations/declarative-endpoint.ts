import { autocommit } from "@/lib/db/prepared";
import { transaction } from "@/lib/db/transaction";
import { recordEvents } from "@/lib/events/event-log";
import type { DeclarationKind } from "@/lib/protocol/declarations/declaration-spec";
import { DECLARATION_KINDS } from "@/lib/protocol/declarations/declaration-spec";
import { declarationKind } from "@/lib/protocol/declarations/validate-declaration";
import { syncTokens } from "./announce";
import { readVersion } from "./declaration-store";
import { lockDeclarative, readDeclarative, readSnapshot, setFetched } from "./declarative-store";
import type { SnapshotItem } from "./item-set";
import { promise, promised } from "./snapshot-service";
import { takeStatus } from "./status-service";

/** The enrollment that asks. */
export interface DeclarativeRecipient {
  enrollmentId: string;
  deviceId: string;
  channel: "device" | "user";
}

export interface DeclarativeAnswer {
  status: 200 | 400 | 404;
  /** Null: an empty body. */
  json: string | null;
}

const NOT_FOUND: DeclarativeAnswer = { status: 404, json: null };
const NOT_UNDERSTOOD: DeclarativeAnswer = { status: 400, json: null };

/**
 * Answers one request of a device's declarative management (Apple, "DeclarativeManagement"). Token, manifest and
 * declarations always fit together, whatever is changed between the requests. 404 makes the device drop a declaration.
 */
export async function answerDeclarative(recipient: DeclarativeRecipient, message: { endpoint: string; data: Uint8Array | null }): Promise<DeclarativeAnswer> {
  if (message.endpoint.startsWith("declaration/")) return declaration(recipient, message.endpoint);
  switch (message.endpoint) {
    case "tokens":
      return tokens(recipient);
    case "declaration-items":
      return declarationItems(recipient);
    case "status":
      await takeStatus(recipient, message.data ?? new Uint8Array());
      return { status: 200, json: null };
    default:
      return NOT_UNDERSTOOD;
  }
}

async function tokens({ enrollmentId }: DeclarativeRecipient): Promise<DeclarativeAnswer> {
  const { token, at } = await transaction(async (tx) => promise(tx, await lockDeclarative(tx, enrollmentId)));
  return found(syncTokens(token, at));
}

/** Exactly what the token told of last stands for: the device keeps the one in this answer. */
async function declarationItems({ enrollmentId, deviceId }: DeclarativeRecipient): Promise<DeclarativeAnswer> {
  const { token, items } = await transaction(async (tx) => {
    const state = await lockDeclarative(tx, enrollmentId);
    const current = await promised(tx, state);
    if (current.token !== state.fetchedToken) {
      await setFetched(tx, enrollmentId, current.token);
      await recordEvents(tx, [{ kind: "declarations.fetched", actor: "device", deviceId, enrollmentId, data: { declarations: current.items.length } }]);
    }
    return current;
  });
  const of = (kind: DeclarationKind) =>
    items.filter((item) => declarationKind(item.type) === kind).map(({ identifier, serverToken }) => ({ Identifier: identifier, ServerToken: serverToken }));
  return found({
    Declarations: { Activations: of("activation"), Assets: of("asset"), Configurations: of("configuration"), Management: of("management") },
    DeclarationsToken: token,
  });
}

/** The version that the manifest has promised, even if the declaration was changed or deleted since. */
async function declaration({ enrollmentId }: DeclarativeRecipient, endpoint: string): Promise<DeclarativeAnswer> {
  const [, kind, identifier, ...rest] = endpoint.split("/");
  if (rest.length > 0 || !DECLARATION_KINDS.some((known) => known === kind)) return NOT_FOUND;
  const state = await readDeclarative(enrollmentId);
  const token = state?.fetchedToken ?? state?.token ?? null;
  const items = token === null ? null : await readSnapshot(autocommit, enrollmentId, token);
  const item = items?.find((candidate) => candidate.identifier === identifier && declarationKind(candidate.type) === kind);
  const payload = item === undefined ? null : await payloadOf(item);
  if (item === undefined || payload === null) return NOT_FOUND;
  return found({ Type: item.type, Identifier: item.identifier, ServerToken: item.serverToken, Payload: payload });
}

async function payloadOf(item: SnapshotItem): Promise<unknown> {
  return item.declarationId === null ? (item.payload ?? null) : readVersion(autocommit, item.declarationId, item.serverToken);
}

function found(body: object): DeclarativeAnswer {
  return { status: 200, json: JSON.stringify(body) };
}
