import { randomUUID } from "node:crypto";
import type { z } from "zod";
import type { Actor } from "@/lib/accounts/actor";
import { allows, type Permission } from "@/lib/accounts/permissions";
import type { Operation } from "@/lib/contracts/api";
import { MusterError } from "@/lib/contracts/errors";
import { authenticate } from "./authenticate";
import { parseAdminInput, readAdminBody, type AdminInput } from "./admin-input";
import { idempotently, type FinishedAnswer } from "./idempotency";
import { problemResponse } from "./problem";
import { services, type Services } from "./services";

/** What the handler gives back: the operation's answer before serializing, or a Response where none is declared. */
type Result<O extends Operation> = O["answer"] extends z.ZodType ? z.input<O["answer"]> : Response;

type Work<O extends Operation, A> = (
  call: AdminInput<O> & { actor: A; request: Request; services: Services },
) => Promise<Result<O>> | Result<O>;

type AdminHandler = (request: Request, context?: { params: Promise<unknown> }) => Promise<Response>;

interface Guard {
  /** Null: anybody who is signed in. */
  permission: Permission | null;
}
interface Public {
  /** Nobody has to be signed in. */
  public: true;
}

/**
 * A handler of /api/v1. Authenticates, checks the permission, parses the input by the operation's schemas,
 * honors Idempotency-Key on POST, and lets out only what the operation's answer names. Every error becomes
 * problem details (RFC 9457).
 */
export function adminRoute<O extends Operation>(options: { operation: O } & Guard, work: Work<O, Actor>): AdminHandler;
export function adminRoute<O extends Operation>(options: { operation: O } & Public, work: Work<O, null>): AdminHandler;
export function adminRoute<O extends Operation>(
  options: { operation: O } & (Guard | Public),
  work: Work<O, never>,
): AdminHandler {
  const { operation } = options;
  return async (request, context) => {
    const requestId = randomUUID();
    try {
      const actor = "public" in options ? null : await admitted(request, options.permission);
      const body = await readAdminBody(request, operation);
      const run = async (): Promise<unknown> => {
        const input = parseAdminInput(operation, { params: await context?.params, url: request.url, body });
        // The overloads above tie the actor to the guard: null only where the route is public.
        return work({ ...input, actor: actor as never, request, services });
      };
      return withId(await answered({ operation, request, actor, body }, run), requestId);
    } catch (error) {
      return problemResponse(error, requestId);
    }
  };
}

async function admitted(request: Request, permission: Permission | null): Promise<Actor> {
  const actor = await authenticate(request);
  if (permission !== null && !allows(actor.role, permission)) {
    throw new MusterError("forbidden", `This needs the permission ${permission}`);
  }
  return actor;
}

interface Call {
  operation: Operation;
  request: Request;
  actor: Actor | null;
  body: Buffer;
}

async function answered(call: Call, run: () => Promise<unknown>): Promise<Response> {
  const { operation, actor } = call;
  if (operation.answer === null) return ownResponse(await run());
  const finish = async () => finished(operation, await run());
  if (actor === null || operation.method !== "POST") return toResponse(await finish());
  const answer = await idempotently({ ...call, actor }, finish);
  return toResponse(answer, answer.replayed ? { "idempotency-replayed": "true" } : {});
}

/** Unknown keys are dropped here: nothing leaves that the contract does not name. */
function finished(operation: Operation, result: unknown): FinishedAnswer {
  return { status: operation.status, json: JSON.stringify(operation.answer?.parse(result)) };
}

function ownResponse(result: unknown): Response {
  if (result instanceof Response) return result;
  throw new MusterError("internal", "an operation without a declared answer must give a Response");
}

function toResponse(answer: FinishedAnswer, headers: Record<string, string> = {}): Response {
  return new Response(answer.json, {
    status: answer.status,
    headers: { "content-type": "application/json", "cache-control": "no-store", ...headers },
  });
}

function withId(response: Response, requestId: string): Response {
  response.headers.set("x-request-id", requestId);
  return response;
}
