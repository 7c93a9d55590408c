import next from "next";
import { connectionOf, connectionStore } from "@/lib/http/connection";
import type { RequestHandler } from "./listener";

/** Console, API and everything else that is no device's fast path: the built Next.js app. */
export async function nextApp(): Promise<{ handle: RequestHandler; close(): Promise<void> }> {
  const app = next({ dev: false, dir: process.cwd() });
  await app.prepare();
  const handle = app.getRequestHandler();
  return {
    handle: (request, response) => connectionStore.run(connectionOf(request), () => handle(request, response)),
    close: () => app.close(),
  };
}
