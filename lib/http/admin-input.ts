import type { z } from "zod";
import type { Operation } from "@/lib/contracts/api";
import type { ProblemError } from "@/lib/contracts/common";
import { MusterError } from "@/lib/contracts/errors";
import { readBody } from "./read-body";

type Parsed<O, K extends "params" | "query" | "body"> = O extends { [key in K]: infer S extends z.ZodType }
  ? z.output<S>
  : undefined;

/** What an operation takes, as its schemas say; what it does not declare is undefined. */
export interface AdminInput<O extends Operation> {
  params: Parsed<O, "params">;
  query: Parsed<O, "query">;
  body: Parsed<O, "body">;
}

const MAX_BODY_BYTES = 10 * 1024 * 1024;

/** The exact bytes of the body. Throws 413 for more than 10 MiB, 415 when a body that is wanted is not JSON. */
export async function readAdminBody(request: Request, operation: Operation): Promise<Buffer> {
  const bytes = await readBody(request, MAX_BODY_BYTES).catch((cause: unknown) => {
    throw new MusterError("bad-request", "The body broke off", { cause });
  });
  if (bytes === null) throw new MusterError("payload-too-large", "At most 10 MiB are accepted");
  if (operation.body !== undefined && !isJson(request.headers.get("content-type"))) {
    throw new MusterError("unsupported-media-type", "Send Content-Type: application/json");
  }
  return bytes;
}

/** Parses what the operation declares. Throws `invalid-input` with a pointer to every bad place. */
export function parseAdminInput<O extends Operation>(
  operation: O,
  raw: { params: unknown; url: string; body: Buffer },
): AdminInput<O> {
  return {
    params: parsed(operation.params, () => raw.params, "not-found"),
    query: parsed(operation.query, () => Object.fromEntries(new URL(raw.url).searchParams)),
    body: parsed(operation.body, () => parseJson(raw.body)),
  } as AdminInput<O>; // each part went through the schema that its type is made of
}

function parsed(schema: z.ZodType | undefined, read: () => unknown, code: "invalid-input" | "not-found" = "invalid-input"): unknown {
  if (schema === undefined) return undefined;
  const result = schema.safeParse(read());
  if (result.success) return result.data;
  if (code === "not-found") throw new MusterError("not-found", "No such identifier");
  throw new MusterError("invalid-input", "Some values are missing or wrong", { errors: problemErrors(result.error) });
}

function parseJson(body: Buffer): unknown {
  try {
    return JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(body));
  } catch {
    throw new MusterError("invalid-input", "The body is not JSON", { errors: [{ pointer: "", detail: "malformed JSON" }] });
  }
}

function problemErrors(error: z.ZodError): ProblemError[] {
  return error.issues.flatMap((issue) => flattened(issue, []));
}

/** Of alternatives, the bad places of the one that comes closest: "no alternative fits" helps nobody. */
function flattened(issue: z.core.$ZodIssue, parents: readonly PropertyKey[]): ProblemError[] {
  const path = [...parents, ...issue.path];
  const closest = issue.code === "invalid_union" ? issue.errors.toSorted((a, b) => a.length - b.length)[0] : undefined;
  if (closest !== undefined) return closest.flatMap((inner) => flattened(inner, path));
  return [{ pointer: jsonPointer(path), detail: issue.message }];
}

/** RFC 6901. */
function jsonPointer(path: readonly PropertyKey[]): string {
  return path.map((part) => `/${String(part).replaceAll("~", "~0").replaceAll("/", "~1")}`).join("");
}

function isJson(contentType: string | null): boolean {
  const mediaType = (contentType ?? "").split(";", 1)[0]?.trim().toLowerCase() ?? "";
  return mediaType === "application/json" || /^application\/[\w.-]+\+json$/.test(mediaType);
}
