import { z } from "zod";

// The console's Content-Security-Policy forbids compiling code, which zod would try for every schema made after this line.
if ("window" in globalThis) z.config({ jitless: true });

/** Times travel as ISO 8601 in UTC. */
export const instant = z.iso.datetime();

/** What every list takes. */
export const listQuery = z.object({
  cursor: z.string().max(500).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
});

/** What every list answers: `nextCursor` is null on the last page, `total` counts all pages. */
export function listOf<T extends z.ZodType>(item: T) {
  return z.object({ items: z.array(item), nextCursor: z.string().nullable(), total: z.number().int() });
}

/** One bad place in a request; `pointer` is a JSON pointer (RFC 6901) into the body. */
export const problemError = z.object({ pointer: z.string(), detail: z.string() });
export type ProblemError = z.infer<typeof problemError>;

/** RFC 9457 problem details, with a stable `code`. */
export const problem = z.object({
  type: z.string(),
  title: z.string(),
  status: z.number().int(),
  code: z.string(),
  detail: z.string().optional(),
  requestId: z.string(),
  errors: z.array(problemError).optional(),
  /** What the caller needs to go on, for example the id of the command that stands in the way. */
  meta: z.record(z.string(), z.unknown()).optional(),
});
export type Problem = z.infer<typeof problem>;

export const idParams = z.object({ id: z.uuid() });
