import { API, type Operation } from "@/lib/contracts/api";
import type { AnswerOf, BodyOf, ParamsOf, QueryOf } from "@/lib/contracts/operation-types";
import { problem, type Problem } from "@/lib/contracts/common";

type Operations = typeof API;
type Given<Key extends string, Value> = undefined extends Value ? unknown : Record<Key, Value>;

/** What an operation takes: its own params, query and body, each only where it has one. */
export type ApiInput<O extends Operation> = Given<"params", ParamsOf<O>> &
  Given<"body", BodyOf<O>> & { query?: Partial<QueryOf<O>>; idempotencyKey?: string };

/** The same, without the types of one operation. */
interface AnyInput {
  params?: Record<string, unknown>;
  query?: Record<string, unknown>;
  body?: unknown;
  idempotencyKey?: string;
}

type Arguments<O extends Operation> = Partial<ApiInput<O>> extends ApiInput<O> ? [input?: ApiInput<O>] : [input: ApiInput<O>];

/** The API refused; `problem` says why. */
export class ApiProblem extends Error {
  override readonly name = "ApiProblem";
  readonly status: number;
  /** Null when the answer was no problem document. */
  readonly problem: Problem | null;

  constructor(operation: string, status: number, body: string) {
    const parsed = problem.safeParse(jsonOrNull(body));
    const details = parsed.success ? parsed.data : null;
    const places = details?.errors?.map((error) => `${error.pointer} ${error.detail}`).join("; ") ?? "";
    const words = details === null ? body.slice(0, 200) : `${details.code}: ${details.detail ?? details.title} ${places}`;
    super(`${operation} was answered ${status}: ${words.trim()}`);
    this.status = status;
    this.problem = details;
  }
}

/** A token, none, or where to look it up for each request: a server that starts writes its local token anew. */
export type Token = string | null | (() => string);

/** Speaks /api/v1 with a token, held to its contract on both sides. */
export class ApiClient {
  readonly #baseUrl: string;
  readonly #token: Token;

  /** `baseUrl` without a trailing slash; without a token the client is a stranger. */
  constructor(baseUrl: string, token: Token) {
    this.#baseUrl = baseUrl;
    this.#token = token;
  }

  /** The same server, seen with another token. */
  withToken(token: Token): ApiClient {
    return new ApiClient(this.#baseUrl, token);
  }

  /** @throws ApiProblem on any status but the one of success, and ZodError when the answer breaks the contract. */
  async call<Name extends keyof Operations>(
    name: Name,
    ...[input]: Arguments<Operations[Name]>
  ): Promise<AnswerOf<Operations[Name]>> {
    const operation: Operation = API[name];
    const given: AnyInput = { ...input };
    const response = await this.request(operation.method, pathOf(operation, given), given);
    const body = await response.text();
    if (response.status !== operation.status) throw new ApiProblem(name, response.status, body);
    const answer = operation.answer === null ? null : operation.answer.parse(JSON.parse(body));
    return answer as AnswerOf<Operations[Name]>;
  }

  /** One request with our token below /api/v1, the answer as it comes. */
  request(
    method: string,
    path: string,
    options: { body?: unknown; rawBody?: string | Buffer; idempotencyKey?: string; headers?: Record<string, string>; signal?: AbortSignal } = {},
  ): Promise<Response> {
    const headers: Record<string, string> = { ...options.headers };
    const token = typeof this.#token === "function" ? this.#token() : this.#token;
    if (token !== null) headers["authorization"] = `Bearer ${token}`;
    if (options.idempotencyKey !== undefined) headers["idempotency-key"] = options.idempotencyKey;
    const init: RequestInit = { method, headers };
    if (options.body !== undefined) {
      headers["content-type"] = "application/json";
      init.body = JSON.stringify(options.body);
    }
    if (options.rawBody !== undefined) init.body = typeof options.rawBody === "string" ? options.rawBody : new Uint8Array(options.rawBody);
    if (options.signal !== undefined) init.signal = options.signal;
    return fetch(`${this.#baseUrl}/api/v1${path}`, init);
  }
}

function pathOf(operation: Operation, input: AnyInput): string {
  const path = operation.path.replace(/\{(\w+)\}/g, (_, key: string) => encodeURIComponent(String(input.params?.[key])));
  const query = new URLSearchParams();
  for (const [key, value] of Object.entries(input.query ?? {})) {
    if (value !== undefined) query.set(key, String(value));
  }
  return query.size === 0 ? path : `${path}?${query.toString()}`;
}

function jsonOrNull(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
