/** The cookies of one browser, which asks and is answered without following redirects. */
export class CookieJar {
  readonly #values = new Map<string, string>();

  get names(): string[] {
    return [...this.#values.keys()];
  }

  /** fetch with what it holds; keeps what comes. */
  async ask(url: URL | string, init: Omit<RequestInit, "headers"> & { headers?: Record<string, string> } = {}): Promise<Response> {
    const cookie = [...this.#values].map(([name, value]) => `${name}=${value}`).join("; ");
    const answer = await fetch(url, { ...init, redirect: "manual", headers: { ...init.headers, cookie } });
    for (const line of answer.headers.getSetCookie()) {
      const [pair = ""] = line.split(";");
      this.#values.set(pair.slice(0, pair.indexOf("=")), pair.slice(pair.indexOf("=") + 1));
    }
    return answer;
  }
}
