import { createHmac } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import type { Actor } from "@/lib/accounts/actor";
import { deriveKey } from "@/lib/config/master-key";
import { log } from "@/lib/config/log";
import { MusterError } from "@/lib/contracts/errors";
import { claimKey, keepAnswer, releaseKey } from "./idempotency-store";

/** An answer in the form that is kept. */
export interface FinishedAnswer {
  status: number;
  json: string;
}

const HEADER = "idempotency-key";
const MAX_KEY_LENGTH = 200;
const WAIT_MS = 10_000;
const LOOK_AGAIN_MS = 100;

/**
 * Runs a POST once for each Idempotency-Key of an actor. A repeated request gets the first answer, marked as
 * replayed; one that differs is refused with `idempotency-mismatch`; one that comes while the first still runs
 * waits, and is refused with `conflict` after 10 s. A failed request leaves the key free.
 */
export async function idempotently(
  call: { request: Request; actor: Actor; body: Buffer },
  run: () => Promise<FinishedAnswer>,
): Promise<FinishedAnswer & { replayed: boolean }> {
  const key = call.request.headers.get(HEADER);
  if (key === null) return { ...(await run()), replayed: false };
  if (key.length === 0 || key.length > MAX_KEY_LENGTH) {
    throw new MusterError("bad-request", `An Idempotency-Key has 1 to ${MAX_KEY_LENGTH} characters`);
  }
  const requestHash = hashOf(call.request, call.body);
  const actorId = `${call.actor.kind}:${call.actor.id}`;
  const deadline = Date.now() + WAIT_MS;
  for (;;) {
    const claim = await claimKey(actorId, key, requestHash);
    if (claim.kind === "ours") return { ...(await runClaimed(claim.id, run)), replayed: false };
    if (claim.requestHash !== requestHash) {
      throw new MusterError("idempotency-mismatch", "The first request with this key was another one");
    }
    if (claim.kind === "answered") return { status: claim.status, json: claim.json, replayed: true };
    if (Date.now() > deadline) throw new MusterError("conflict", "The first request with this key is still running");
    await sleep(LOOK_AGAIN_MS);
  }
}

async function runClaimed(id: string, run: () => Promise<FinishedAnswer>): Promise<FinishedAnswer> {
  let answer: FinishedAnswer;
  try {
    answer = await run();
  } catch (error) {
    await releaseKey(id).catch((releaseError: unknown) => log.warn("An Idempotency-Key stays taken", { error: releaseError }));
    throw error;
  }
  await keepAnswer(id, answer.status, answer.json);
  return answer;
}

/** Keyed, for a body may hold a short secret that a plain hash would give away. */
function hashOf(request: Request, body: Buffer): string {
  const { pathname, search } = new URL(request.url);
  return createHmac("sha256", deriveKey("idempotency"))
    .update(`${request.method} ${pathname}${search}\n`)
    .update(body)
    .digest("hex");
}
