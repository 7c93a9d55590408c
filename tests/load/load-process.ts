import { fork, type ChildProcess } from "node:child_process";
import { fileURLToPath } from "node:url";
import type { Dialogue, LoadOrder, LoadReport } from "./load-message";

/** The client in a process of its own, so that it shares no event loop with anybody. */
export class LoadProcess {
  readonly #child: ChildProcess;

  constructor(port: number) {
    const file = fileURLToPath(new URL("./load-client.ts", import.meta.url));
    // "advanced" carries buffers as they are.
    this.#child = fork(file, [String(port)], { execArgv: ["--import", "tsx"], serialization: "advanced" });
  }

  async prepare(dialogues: Dialogue[]): Promise<void> {
    await this.#order({ kind: "dialogues", dialogues });
  }

  pass(connections: number): Promise<LoadReport> {
    return this.#order({ kind: "pass", connections }) as Promise<LoadReport>;
  }

  run(connections: number, seconds: number): Promise<LoadReport> {
    return this.#order({ kind: "run", connections, seconds }) as Promise<LoadReport>;
  }

  end(): void {
    this.#child.disconnect();
  }

  #order(order: LoadOrder): Promise<unknown> {
    return new Promise((resolve, reject) => {
      const gone = (): void => reject(new Error("the load client ended"));
      this.#child.once("exit", gone);
      this.#child.once("message", (report) => {
        this.#child.off("exit", gone);
        resolve(report);
      });
      this.#child.send(order);
    });
  }
}
