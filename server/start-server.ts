import { writeLocalToken } from "@/lib/accounts/local-token";
import { ensureFirstOwner } from "@/lib/accounts/setup-service";
import { flushExchanges } from "@/lib/checkin/exchange-log";
import { config } from "@/lib/config/config";
import { flushPresence } from "@/lib/devices/presence";
import { flushHourlyCounts } from "@/lib/events/hourly-counts";
import { warnOfChangedUrl } from "@/lib/enrollment/public-url-service";
import { ensureServerCertificates } from "@/lib/pki/server-certificates-service";
import { stopSimulator } from "@/lib/simulation/simulator-process";
import { listen } from "./listener";
import { nextApp } from "./next-app";
import { withStaticFiles } from "./static-files";
import { openStorage } from "./storage";
import { welcome } from "./welcome";
import { startWorkers } from "./workers";

/** What runs so far, as the functions that stop it, in the order of the start. */
export interface Started {
  stops: (() => Promise<void>)[];
}

/**
 * Starts everything in the order in which it depends on each other. The port is taken first: a second start on
 * it touches nothing, and requests that come meanwhile wait. Throws StartError; the caller stops what had started.
 */
export async function startServer({ stops }: Started): Promise<void> {
  const listener = await listen(config());
  stops.push(() => listener.close());
  const storage = await openStorage();
  stops.push(() => storage.close());
  stops.push(async () => void (await Promise.all([flushPresence(), flushExchanges(), flushHourlyCounts()])));
  await ensureServerCertificates();
  await warnOfChangedUrl();
  const { setupUrl } = await ensureFirstOwner();
  await writeLocalToken();
  const app = await nextApp();
  stops.push(() => app.close());
  stops.push(stopSimulator);
  const workers = startWorkers();
  // Together: requests and jobs both get the time they need, but not one after the other.
  stops.push(async () => void (await Promise.all([listener.close(), workers.stop()])));
  process.stdout.write(await welcome({ setupUrl, adoptedDatabase: storage.adopted }));
  listener.serve(withStaticFiles(app.handle));
}
