import { fork, type ChildProcess } from "node:child_process";
import { fileURLToPath } from "node:url";
import type { ApnsCounts, ApnsReady } from "./apns-server";

/** The APNs stand-in in a process of its own, so that its work is not counted as ours. */
export class ApnsProcess {
  readonly ready: ApnsReady;
  readonly #child: ChildProcess;

  private constructor(child: ChildProcess, ready: ApnsReady) {
    this.#child = child;
    this.ready = ready;
  }

  static async start(topic: string): Promise<ApnsProcess> {
    const child = fork(fileURLToPath(new URL("./apns-server.ts", import.meta.url)), [topic], { execArgv: ["--import", "tsx"] });
    return new ApnsProcess(child, (await nextMessage(child)) as ApnsReady);
  }

  get pid(): number {
    return this.#child.pid ?? 0;
  }

  async counts(): Promise<ApnsCounts> {
    const answer = nextMessage(this.#child);
    this.#child.send("counts");
    return (await answer) as ApnsCounts;
  }

  end(): void {
    this.#child.disconnect();
  }
}

function nextMessage(child: ChildProcess): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const gone = (): void => reject(new Error("the stand-in ended"));
    child.once("exit", gone);
    child.once("message", (message) => {
      child.off("exit", gone);
      resolve(message);
    });
  });
}
