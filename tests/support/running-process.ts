import { spawn, type ChildProcess } from "node:child_process";
import { setTimeout as sleep } from "node:timers/promises";

/** A child process with what it has said. */
export class RunningProcess {
  readonly pid: number;
  readonly #child: ChildProcess;
  readonly #ended: Promise<void>;
  #output = "";

  constructor(command: string, args: readonly string[], options: { cwd: string; env: NodeJS.ProcessEnv }) {
    const child = spawn(command, args, { ...options, stdio: ["ignore", "pipe", "pipe"] });
    this.#child = child;
    this.pid = child.pid ?? 0;
    this.#ended = new Promise((resolve) => {
      child.once("exit", () => resolve());
      child.once("error", (error) => {
        this.#output += `${error.message}\n`;
        resolve();
      });
    });
    for (const stream of [child.stdout, child.stderr]) {
      stream?.setEncoding("utf8").on("data", (text: string) => {
        this.#output += text;
      });
    }
  }

  get output(): string {
    return this.#output;
  }

  get running(): boolean {
    return this.pid !== 0 && this.#child.exitCode === null && this.#child.signalCode === null;
  }

  /** Ends it and waits until it is gone; after `patienceMs` by SIGKILL. */
  async end(signal: "SIGTERM" | "SIGKILL", patienceMs = 20_000): Promise<void> {
    if (!this.running) return;
    this.#child.kill(signal);
    const impatient = new AbortController();
    const gone = this.#ended.then(() => true);
    const late = sleep(patienceMs, false, { signal: impatient.signal }).catch(() => false);
    if (!(await Promise.race([gone, late]))) this.#child.kill("SIGKILL");
    impatient.abort();
    await this.#ended;
  }
}
