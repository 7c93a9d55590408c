import type { DeclarationKind } from "@/lib/protocol/declarations/declaration-spec";
import { declarationKind, validateDeclaration } from "@/lib/protocol/declarations/validate-declaration";
import { isSuccess, ServerRefused, type DeviceCommand } from "./device-command";
import type { HttpAnswer } from "./device-http";

/** One step of declarative management of a channel. */
interface DeclarativeChannel {
  declarative(endpoint: string, data?: Uint8Array | null): Promise<HttpAnswer>;
}

export interface HeldDeclaration {
  identifier: string;
  kind: DeclarationKind;
  type: string;
  serverToken: string;
  payload: Record<string, unknown>;
}

interface Manifest {
  Declarations: Record<"Activations" | "Assets" | "Configurations" | "Management", { Identifier: string; ServerToken: string }[]>;
  DeclarationsToken: string;
}

const KINDS = { Activations: "activation", Assets: "asset", Configurations: "configuration", Management: "management" } as const;
const SUBSCRIPTIONS = "com.apple.configuration.management.status-subscriptions";

/** Declarative management as one channel of a device does it: fetches what is new, drops what is gone, and reports. */
export class DeclarativeClient {
  /** The token of the manifest read last. */
  token: string | null = null;
  readonly held = new Map<string, HeldDeclaration>();
  /** Every endpoint asked, in order. */
  readonly asked: string[] = [];
  /** What can be subscribed to, by the names of the status items. */
  readonly values: Record<string, unknown> = { "passcode.is-present": true };
  /** Called between two requests of a sync: for whoever wants to change something just then. */
  between: ((endpoint: string) => Promise<void>) | null = null;
  readonly #channel: DeclarativeChannel;

  constructor(channel: DeclarativeChannel) {
    this.#channel = channel;
  }

  /** What a DeclarativeManagement command brings about. A server that refuses is asked again another time. */
  async obey({ parameters: { Data: data } }: DeviceCommand): Promise<void> {
    try {
      await this.sync(data instanceof Uint8Array ? data : null);
    } catch (error) {
      if (!(error instanceof ServerRefused)) throw error;
    }
  }

  /** Management is over: nothing of it stays. */
  forget(): void {
    this.token = null;
    this.held.clear();
    this.asked.length = 0;
  }

  /** Given the server's tokens, or asking for them. Answers whether anything was to be fetched. @throws ServerRefused */
  async sync(data: Uint8Array | null = null): Promise<boolean> {
    const told = (data === null ? null : tokenIn(Buffer.from(data))) ?? tokenIn((await this.#answered("tokens")).body);
    if (told === null) throw new Error("the server's tokens cannot be read");
    if (told === this.token) return false;
    const manifest = JSON.parse((await this.#answered("declaration-items")).body.toString()) as Manifest;
    const promised = Object.entries(KINDS).flatMap(([list, kind]) => manifest.Declarations[list as keyof typeof KINDS].map((item) => ({ ...item, kind })));
    for (const { Identifier, ServerToken, kind } of promised) {
      if (this.held.get(Identifier)?.serverToken !== ServerToken) await this.#fetch(kind, Identifier);
    }
    const kept = new Set(promised.map((item) => item.Identifier));
    for (const identifier of this.held.keys()) if (!kept.has(identifier)) this.held.delete(identifier);
    this.token = manifest.DeclarationsToken;
    await this.report();
    return true;
  }

  /** Reports the state of all declarations and the values subscribed to; `more` is laid over the report. */
  report(more: object = {}): Promise<HttpAnswer> {
    const subscribed = this.#subscribed();
    const known = Object.entries(this.values).filter(([name]) => subscribed.has(name));
    const items = nested([...known, ["management.declarations", this.#states()]]);
    const errors = [...subscribed].filter((name) => !(name in this.values)).map((name) => ({ StatusItem: name, Reasons: [{ Code: "Error.UnsupportedStatusValue" }] }));
    return this.status({ StatusItems: items, Errors: errors, ...more });
  }

  /** Any report. */
  status(report: unknown): Promise<HttpAnswer> {
    return this.#ask("status", Buffer.from(JSON.stringify(report)));
  }

  async #fetch(kind: DeclarationKind, identifier: string): Promise<void> {
    const answer = await this.#ask(`declaration/${kind}/${identifier}`);
    if (answer.status === 404) {
      this.held.delete(identifier);
      return;
    }
    if (!isSuccess(answer)) throw new ServerRefused(identifier, answer);
    const { Type, Identifier, ServerToken, Payload } = JSON.parse(answer.body.toString()) as { Type: string; Identifier: string; ServerToken: string; Payload: Record<string, unknown> };
    if (Identifier !== identifier || declarationKind(Type) !== kind) throw new Error(`asked for ${kind} ${identifier}, got ${Type} ${Identifier}`);
    this.held.set(identifier, { identifier, kind, type: Type, serverToken: ServerToken, payload: Payload });
  }

  #states(): Record<string, object[]> {
    const declarations = [...this.held.values()];
    const activated = new Set(declarations.filter(({ kind }) => kind === "activation").flatMap(({ payload }) => payload["StandardConfigurations"]));
    const states = Object.fromEntries(Object.values(KINDS).map((kind): [string, object[]] => [kind === "management" ? kind : `${kind}s`, []]));
    for (const { identifier, kind, type, serverToken, payload } of declarations) {
      const valid = validateDeclaration(type, payload).length === 0;
      const idle = kind === "configuration" && !activated.has(identifier);
      const reasons = idle ? [{ Code: "Info.NotReferencedByActivation", Details: { Identifier: identifier, ServerToken: serverToken } }] : [];
      states[kind === "management" ? kind : `${kind}s`]?.push({ identifier, "server-token": serverToken, active: valid && !idle && kind !== "management", valid: valid ? "valid" : "invalid", reasons });
    }
    return states;
  }

  #subscribed(): Set<string> {
    const items = [...this.held.values()].filter(({ type }) => type === SUBSCRIPTIONS).flatMap(({ payload }) => payload["StatusItems"] as { Name: string }[]);
    return new Set(items.map((item) => item.Name));
  }

  async #answered(endpoint: string): Promise<HttpAnswer> {
    const answer = await this.#ask(endpoint);
    if (!isSuccess(answer)) throw new ServerRefused(endpoint, answer);
    return answer;
  }

  async #ask(endpoint: string, data: Uint8Array | null = null): Promise<HttpAnswer> {
    this.asked.push(endpoint);
    const answer = await this.#channel.declarative(endpoint, data);
    await this.between?.(endpoint);
    return answer;
  }
}

/** Null when it is something else: then the device asks. */
function tokenIn(json: Buffer): string | null {
  try {
    const { SyncTokens } = JSON.parse(json.toString()) as { SyncTokens?: { DeclarationsToken?: string } };
    return SyncTokens?.DeclarationsToken ?? null;
  } catch {
    return null;
  }
}

/** Status items travel nested by the dots of their names. */
export function nested(items: readonly (readonly [string, unknown])[]): Record<string, unknown> {
  const root: Record<string, unknown> = {};
  for (const [name, value] of items) {
    const path = name.split(".");
    const last = path.pop() ?? "";
    let place = root;
    for (const part of path) place = (place[part] ??= {}) as Record<string, unknown>;
    place[last] = value;
  }
  return root;
}
