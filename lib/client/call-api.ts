import type { Operation } from "@/lib/contracts/api";
import type { AnswerOf, BodyOf, ParamsOf, QueryOf } from "@/lib/contracts/operation-types";
import type { Endpoint } from "./api";
import { ApiProblem, readProblem } from "./api-problem";

export const API_BASE = "/api/v1";

type Part<Key extends string, Value> = undefined extends Value ? { [K in Key]?: Value } : { [K in Key]: Value };
export type CallInput<O extends Operation> = Part<"params", ParamsOf<O>> & {
  query?: QueryOf<O>;
  signal?: AbortSignal;
  /** Of a POST: the same key with the same body is carried out once, and answered alike every time. */
  idempotencyKey?: string;
} & Part<"body", BodyOf<O>>;

/** Fills the braces of an operation's path and adds the query, leaving out what is undefined or empty. */
export function apiUrl(operation: Pick<Operation, "path">, params: unknown, query: unknown): string {
  const values = (params ?? {}) as Record<string, string>;
  const path = operation.path.replace(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(values[name] ?? ""));
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries((query ?? {}) as Record<string, unknown>)) {
    if (value !== undefined && value !== null && value !== "") search.set(name, String(value));
  }
  return `${API_BASE}${path}${search.size === 0 ? "" : `?${search}`}`;
}

/**
 * Calls one operation of /api/v1 from the console, with its session. The answer is what the contract says: the server that gave the
 * page gives it. Throws ApiProblem, also when the server cannot be reached or something in between answers; an abort passes through.
 */
export async function callApi<O extends Operation>(operation: Endpoint<O>, input: CallInput<O>): Promise<AnswerOf<O>> {
  const { params, query, body, signal, idempotencyKey } = input as { params?: unknown; query?: unknown; body?: unknown; signal?: AbortSignal; idempotencyKey?: string };
  const response = await send(apiUrl(operation, params, query), {
    method: operation.method,
    credentials: "same-origin",
    headers: {
      accept: "application/json",
      ...(body === undefined ? {} : { "content-type": "application/json" }),
      ...(idempotencyKey === undefined ? {} : { "idempotency-key": idempotencyKey }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    ...(signal === undefined ? {} : { signal }),
  });
  if (!response.ok) throw await readProblem(response);
  const answer: unknown = await response.json().catch(() => undefined);
  if (answer !== undefined) return answer as AnswerOf<O>;
  throw new ApiProblem({
    code: "unexpected-answer",
    status: response.status,
    title: "The server's answer does not have the agreed shape",
    requestId: response.headers.get("x-request-id"),
  });
}

async function send(url: string, init: RequestInit): Promise<Response> {
  try {
    return await fetch(url, init);
  } catch (error) {
    if (error instanceof DOMException && error.name === "AbortError") throw error;
    throw new ApiProblem({ code: "unreachable", status: 0, title: "The server cannot be reached", cause: error });
  }
}
