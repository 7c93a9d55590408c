interface Asker<T> {
  got: Partial<T>;
  missing: number;
  resolve: (answer: T) => void;
  reject: (error: unknown) => void;
}

/**
 * Makes an answer of several parts once for all who ask for it. One part is made at a time, each in its turn, round and round while
 * somebody waits. Whoever comes while a part is being made takes those that begin from then on, so that no part is older than its question,
 * and an answer takes little more than one round however many ask.
 */
export function coalesced<T extends object>(parts: { [K in keyof T]: () => Promise<T[K]> }): () => Promise<T> {
  const keys = Object.keys(parts) as (keyof T)[];
  const waiting = new Set<Asker<T>>();
  let running = false;

  async function make(key: keyof T): Promise<void> {
    const served = [...waiting];
    try {
      const part = await parts[key]();
      for (const asker of served) {
        asker.got[key] = part;
        asker.missing -= 1;
        if (asker.missing === 0 && waiting.delete(asker)) asker.resolve(asker.got as T);
      }
    } catch (error) {
      for (const asker of served) if (waiting.delete(asker)) asker.reject(error);
    }
  }

  async function goRound(): Promise<void> {
    running = true;
    while (waiting.size > 0) for (const key of keys) if (waiting.size > 0) await make(key);
    running = false;
  }

  return () =>
    new Promise<T>((resolve, reject) => {
      waiting.add({ got: {}, missing: keys.length, resolve, reject });
      if (!running) void goRound();
    });
}
