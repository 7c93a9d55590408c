import type { IncomingMessage } from "node:http";

/** Bytes of bodies that may be on their way at one time; who comes when it is full is asked to repeat. */
const BUDGET_BYTES = 512 * 1024 * 1024;
let held = 0;

/** The body was not read: 413 too large, 503 too many at once. */
export class BodyRefused {
  readonly status: 413 | 503;

  constructor(status: 413 | 503) {
    this.status = status;
  }
}

const NOTHING = Buffer.alloc(0);

/** The whole body; rejects when the sender breaks off. */
export async function readRequestBody(request: IncomingMessage, maxBytes: number): Promise<Buffer | BodyRefused> {
  const announced = request.headers["content-length"];
  if (announced === undefined && request.headers["transfer-encoding"] === undefined) return NOTHING;
  const outcome = Number(announced ?? 0) > maxBytes ? new BodyRefused(413) : await collect(request, maxBytes);
  if (outcome instanceof BodyRefused) discardRest(request, maxBytes);
  return outcome;
}

function collect(request: IncomingMessage, maxBytes: number): Promise<Buffer | BodyRefused> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let length = 0;
    let isSettled = false;
    function settle(outcome: Buffer | BodyRefused | Error): void {
      if (isSettled) return;
      isSettled = true;
      held -= length;
      request.off("data", take);
      if (outcome instanceof Error) reject(outcome);
      else resolve(outcome);
    }
    function take(chunk: Buffer): void {
      length += chunk.length;
      held += chunk.length;
      chunks.push(chunk);
      if (length > maxBytes) settle(new BodyRefused(413));
      else if (held > BUDGET_BYTES) settle(new BodyRefused(503));
    }
    request.on("data", take);
    request.once("end", () => settle(chunks.length === 1 && chunks[0] ? chunks[0] : Buffer.concat(chunks, length)));
    request.once("error", settle);
    request.once("close", () => settle(new Error("the sender broke off")));
  });
}

/** A sender may read its answer only once its body is out: it may finish, within bounds. */
function discardRest(request: IncomingMessage, maxBytes: number): void {
  let rest = maxBytes;
  request.on("error", () => undefined);
  request.on("data", (chunk: Buffer) => {
    rest -= chunk.length;
    if (rest < 0) request.destroy();
  });
}
