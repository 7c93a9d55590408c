import os from "node:os";

const MB = 1_048_576;
const LEAST_BUFFERS_MB = 128;
const MOST_BUFFERS_MB = 1_024;

/**
 * Settings for a database that shares its machine with the server. PostgreSQL's own are made to start anywhere: 128 MB of buffers hold
 * less than what a large fleet is listed from. An eighth of the memory leaves the rest to the server and to the system's own cache.
 * Compiling a statement, or starting processes for it, takes longer than any of our questions, and the other core has devices to answer.
 */
export function embeddedSettings(): Record<string, string> {
  // Zero, or more than there is, where no container sets a limit.
  const limit = process.constrainedMemory();
  const memory = limit > 0 ? Math.min(limit, os.totalmem()) : os.totalmem();
  const buffers = Math.floor(Math.min(Math.max(memory / 8 / MB, LEAST_BUFFERS_MB), MOST_BUFFERS_MB));
  return { shared_buffers: `${buffers}MB`, jit: "off", max_parallel_workers_per_gather: "0" };
}
