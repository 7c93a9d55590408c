/** What says that the database cannot serve the request now, while the request itself may be fine. */
const UNAVAILABLE = new Set([
  "ECONNREFUSED", "ECONNRESET", "ENOENT", "EPIPE", "ETIMEDOUT", "EHOSTUNREACH", "ENETUNREACH", "ENOTFOUND", "EAI_AGAIN", "EACCES",
  // PostgreSQL, Appendix A: class 08, admin_shutdown, crash_shutdown, cannot_connect_now, too_many_connections, query_canceled by timeout
  // and serialization_failure, deadlock_detected: the same request goes through when it is repeated
  "40001", "40P01",
  "08000", "08001", "08003", "08004", "08006", "57P01", "57P02", "57P03", "57P05", "53300", "57014",
  // Prisma: cannot reach, timed out, too many connections, connection closed, pool timeout
  "P1001", "P1002", "P1008", "P1017", "P2024", "P2037",
]);

/** pg reports these without a code. */
const UNAVAILABLE_MESSAGE =
  /^(Connection terminated|timeout exceeded when trying to connect|Client has encountered a connection error|Cannot use a pool after calling end|Client was closed|timeout expired)/;

/** Kinds of @prisma/driver-adapter-utils' errors. */
const UNAVAILABLE_KIND = new Set(["DatabaseNotReachable", "ConnectionClosed", "TooManyConnections", "SocketTimeout", "TlsConnectionError"]);

/** Is the database out of reach (so that a device or a client should repeat)? Looks through causes. */
export function isStorageUnavailable(error: unknown): boolean {
  return chain(error).some((link) => {
    if (typeof link.code === "string" && UNAVAILABLE.has(link.code)) return isFromDatabase(link);
    if (typeof link.kind === "string" && UNAVAILABLE_KIND.has(link.kind)) return true;
    return typeof link.message === "string" && UNAVAILABLE_MESSAGE.test(link.message);
  });
}

/** Did a unique index refuse the row? */
export function isUniqueViolation(error: unknown): boolean {
  return chain(error).some((link) => link.code === "23505" || link.code === "P2002" || link.kind === "UniqueConstraintViolation");
}

/** Does the row point at one that is not there? */
export function isForeignKeyViolation(error: unknown): boolean {
  return chain(error).some((link) => link.code === "23503" || link.code === "P2003" || link.kind === "ForeignKeyConstraintViolation");
}

type Link = Partial<Record<"code" | "kind" | "message" | "cause" | "syscall", unknown>>;

/** ENOENT and EACCES are also a file's errors: only those of connect() are about the database. */
function isFromDatabase(link: Link): boolean {
  return (link.code !== "ENOENT" && link.code !== "EACCES") || link.syscall === "connect";
}

function chain(error: unknown): Link[] {
  const links: Link[] = [];
  for (let next = error; typeof next === "object" && next !== null && links.length < 8; next = (next as Link).cause) {
    links.push(next);
    if (next instanceof AggregateError) links.push(...(next.errors as Link[]));
  }
  return links;
}
