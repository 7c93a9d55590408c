import { log } from "./log";

export interface RecurringWork {
  /** Begins at once; while it is under way, once more right after. */
  wake(): void;
  /** Nothing more is begun; resolves when what is under way has ended. */
  stop(): Promise<void>;
}

/** Does some work every `intervalMs`, for the first time after one, and never twice at once. A failure is logged in these words, and the work comes again. */
export function recurringWork(intervalMs: number, work: () => Promise<unknown>, whenItFails: string): RecurringWork {
  let running: Promise<void> | null = null;
  let again = false;
  let stopped = false;
  async function workUntilDone(): Promise<void> {
    do {
      again = false;
      try {
        await work();
      } catch (error) {
        log.warn(whenItFails, { error: String(error) });
      }
    } while (again && !stopped);
    running = null;
  }
  function wake(): void {
    again = true;
    if (!stopped) running ??= workUntilDone();
  }
  const timer = setInterval(wake, intervalMs).unref();
  return {
    wake,
    async stop() {
      stopped = true;
      clearInterval(timer);
      await running;
    },
  };
}
