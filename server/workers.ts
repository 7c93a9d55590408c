import { startConfigurationWatchdog } from "@/lib/checkin/configuration-watchdog";
import { startTerminationWatch } from "@/lib/checkin/held-terminations";
import { startCommandSweeper } from "@/lib/commands/command-sweeper";
import { config } from "@/lib/config/config";
import { startDeclarationRefresh } from "@/lib/declarations/refresh-worker";
import { startAdeSync } from "@/lib/enrollment/ade/sync-worker";
import { startProfileReconciliation } from "@/lib/profiles/reconcile-worker";
import { startExpiryWatch } from "@/lib/push/certificate-expiry";
import { startPushSweeper } from "@/lib/push/push-sweeper";
import { startPushWorker } from "@/lib/push/push-worker";
import { startIdentityRenewal } from "@/lib/renewal/renewal-worker";

export interface Workers {
  stop(): Promise<void>;
}

/** The background jobs of this node; none where WORKER is off. */
export function startWorkers(): Workers {
  const workers = config().worker ? [startPushWorker(), startPushSweeper(), startExpiryWatch(), startCommandSweeper(), startConfigurationWatchdog(), startTerminationWatch(), startDeclarationRefresh(), startProfileReconciliation(), startAdeSync(), startIdentityRenewal()] : [];
  return {
    async stop() {
      await Promise.all(workers.map((worker) => worker.stop()));
    },
  };
}
