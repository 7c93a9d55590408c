interface Waiting<I, O> {
  input: I;
  resolve(output: O): void;
  reject(error: unknown): void;
}

/**
 * Lets calls that come together share one statement. A call that finds a free slot runs at once; while `slots`
 * statements are under way further calls gather and go out together as soon as one returns. `run` answers as
 * many outputs as it got inputs, in their order.
 */
export function statementBatcher<I, O>(run: (inputs: I[]) => Promise<O[]>, limits: { slots: number; batch: number }): (input: I) => Promise<O> {
  let waiting: Waiting<I, O>[] = [];
  let running = 0;

  async function flush(): Promise<void> {
    const calls = waiting.splice(0, limits.batch);
    running += 1;
    try {
      const outputs = await run(calls.map((call) => call.input));
      calls.forEach((call, index) => {
        const output = outputs[index];
        if (output === undefined) call.reject(new Error("a batched statement answered too few rows"));
        else call.resolve(output);
      });
    } catch (error) {
      for (const call of calls) call.reject(error);
    } finally {
      running -= 1;
      if (waiting.length > 0) void flush();
    }
  }

  return (input) =>
    new Promise<O>((resolve, reject) => {
      waiting.push({ input, resolve, reject });
      if (running < limits.slots) void flush();
    });
}
