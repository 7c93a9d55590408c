import { log } from "@/lib/config/log";
import { recurringWork } from "@/lib/config/recurring-work";
import { ADE_PROBLEMS } from "@/lib/contracts/ade-words";
import { database } from "@/lib/db/database";
import { onSignal } from "@/lib/db/signals";
import { transaction } from "@/lib/db/transaction";
import { recordEvents } from "@/lib/events/event-log";
import { AssignmentError } from "./assignment-error";
import { readPage } from "./read-devices";
import type { AdeServerRow } from "./server-store";
import { clearProblem, findDueServers, readServerRow, saveProblem } from "./server-store";
import { tellAssignment } from "./tell-assignments";
import { warnOfEndingTokens } from "./token-warnings";
import { tokenOf } from "./token-service";

const LOOK_EVERY_MS = 5_000;
/** After a refusal of Apple: 1, 2, 4 … minutes, at most an hour; where Apple says how long, that. */
const FIRST_HOLD_SECONDS = 60;
const LONGEST_HOLD_SECONDS = 3_600;
/** More pages than an account of a million devices has mean that Apple leads us round in circles. */
const MOST_STEPS = 2_000;

/** Reads and tells everything that is due, server by server. Several nodes may do it side by side: each server is worked on by one. */
export async function syncDueServers(): Promise<void> {
  await warnOfEndingTokens();
  for (const id of await findDueServers()) {
    await syncServer(id).catch((error: unknown) => log.error("a sync with Apple broke off; it is tried again", { serverId: id, error }));
  }
}

async function syncServer(id: string): Promise<void> {
  const server = await readServerRow(database().pool, id);
  const token = server === null ? null : tokenOf(server);
  if (server === null || token === null) return;
  try {
    if (token.expiresAt <= server.now) throw new AssignmentError("token-expired", `ended ${token.expiresAt.toISOString()}`);
    const spoke = (await readAll(id, token)) + (await tellAll(server, token));
    if (spoke > 0 && server.problem !== null) await recovered(server);
  } catch (error) {
    if (!(error instanceof AssignmentError)) throw error;
    await hold(server, error);
  }
}

async function readAll(id: string, token: Parameters<typeof readPage>[1]): Promise<number> {
  for (let step = 0; step < MOST_STEPS; step++) {
    const outcome = await readPage(id, token);
    if (outcome === "taken" || outcome === "not-due") return step;
    if (outcome === "end") return step + 1;
  }
  throw new AssignmentError("service-error", `more than ${MOST_STEPS} pages of devices`);
}

async function tellAll(server: AdeServerRow, token: Parameters<typeof tellAssignment>[1]): Promise<number> {
  for (let step = 0; step < MOST_STEPS; step++) {
    if (!(await tellAssignment(server, token))) return step;
  }
  return MOST_STEPS;
}

async function recovered(server: AdeServerRow): Promise<void> {
  await transaction(async (tx) => {
    if (!(await clearProblem(tx, server.id))) return;
    await recordEvents(tx, [{ kind: "ade.recovered", actor: "system", data: { serverId: server.id, name: server.name, problem: server.problem } }]);
  });
}

async function hold(server: AdeServerRow, error: AssignmentError): Promise<void> {
  const heldSeconds = error.retryAfterMs === null ? Math.min(FIRST_HOLD_SECONDS * 2 ** Math.min(server.failures, 10), LONGEST_HOLD_SECONDS) : error.retryAfterMs / 1000;
  log.warn("Apple's device assignment service did not do what it was asked", { server: server.name, problem: error.problem, reason: error.message });
  await transaction(async (tx) => {
    const news = await saveProblem(tx, server.id, { code: error.problem, detail: error.message, heldSeconds });
    if (!news) return;
    const { label, meaning } = ADE_PROBLEMS[error.problem];
    await recordEvents(tx, [{ kind: "ade.problem", actor: "system", data: { serverId: server.id, name: server.name, problem: error.problem, label, meaning, detail: error.message } }]);
  });
}

/** Looks every few seconds, and at once when somebody has something for Apple. */
export function startAdeSync(): { stop(): Promise<void> } {
  const work = recurringWork(LOOK_EVERY_MS, syncDueServers, "the sync with Apple broke off; it is tried again");
  const unsubscribe = onSignal("ade", work.wake);
  return {
    async stop() {
      unsubscribe();
      await work.stop();
    },
  };
}
