/**
 * Shares one running answer among those who ask. Whoever asks while it is being made waits for the next one: an answer never knows less
 * than was there when it was asked for, and at most one is being made at a time, however many ask.
 */
export function coalesced<T>(make: () => Promise<T>): () => Promise<T> {
  let running: Promise<T> | null = null;
  let next: Promise<T> | null = null;
  const start = (): Promise<T> => {
    const made = make();
    running = made;
    const done = (): void => {
      if (running === made) running = null;
    };
    made.then(done, done);
    return made;
  };
  return () => {
    if (running === null) return start();
    next ??= running.then(() => null, () => null).then(() => {
      next = null;
      return start();
    });
    return next;
  };
}
