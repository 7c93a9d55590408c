import type { Problem, ProblemError } from "@/lib/contracts/common";

/** An answer of /api/v1 that is not a success, or none at all. The message is for people. */
export class ApiProblem extends Error {
  override readonly name = "ApiProblem";
  readonly code: string;
  readonly status: number;
  readonly title: string;
  readonly requestId: string | null;
  /** Bad places of the request body. */
  readonly errors: readonly ProblemError[];
  readonly meta: Readonly<Record<string, unknown>>;

  constructor(fields: {
    code: string;
    status: number;
    title: string;
    detail?: string | undefined;
    requestId?: string | null;
    errors?: readonly ProblemError[] | undefined;
    meta?: Record<string, unknown> | undefined;
    cause?: unknown;
  }) {
    super(fields.detail ?? fields.title, fields.cause === undefined ? undefined : { cause: fields.cause });
    this.code = fields.code;
    this.status = fields.status;
    this.title = fields.title;
    this.requestId = fields.requestId ?? null;
    this.errors = fields.errors ?? [];
    this.meta = fields.meta ?? {};
  }

  /** The complaint about one field, by its JSON pointer; null when there is none. */
  at(pointer: string): string | null {
    return this.errors.find((error) => error.pointer === pointer)?.detail ?? null;
  }

  /** True when every complaint is about one of these fields, so that saying it there is enough. */
  isSaidAt(pointers: readonly string[]): boolean {
    return this.errors.length > 0 && this.errors.every((error) => pointers.includes(error.pointer));
  }
}

/** Reads an unsuccessful answer; anything but problem+json (a proxy's page, say) becomes one. */
export async function readProblem(response: Response): Promise<ApiProblem> {
  const body: unknown = await response.json().catch(() => null);
  if (isProblem(body)) return new ApiProblem(body);
  return new ApiProblem({
    code: "unexpected-answer",
    status: response.status,
    title: `The server answered ${response.status} without saying why`,
  });
}

/** What no proxy's answer has: our code with a title. */
function isProblem(body: unknown): body is Problem {
  if (typeof body !== "object" || body === null) return false;
  const { code, title, status } = body as Partial<Problem>;
  return typeof code === "string" && typeof title === "string" && typeof status === "number";
}

/** Any thrown value as a problem that can be shown. */
export function asProblem(error: unknown): ApiProblem {
  if (error instanceof ApiProblem) return error;
  return new ApiProblem({ code: "console", status: 0, title: "Something went wrong in this page", cause: error });
}
