import { randomUUID } from "node:crypto";
import { hashPassword } from "@/lib/accounts/password";
import { insertUser } from "@/lib/accounts/user-store";
import { API, type Operation } from "@/lib/contracts/api";
import type { Role } from "@/lib/contracts/words";
import { database } from "@/lib/db/database";

export const PERSON_PASSWORD = "a long enough sentence";

/** Makes a person in the database that the test process shares. */
export async function addPerson(email: string, role: Role): Promise<void> {
  await insertUser(database().pool, { id: randomUUID(), email, name: email, role, passwordHash: await hashPassword(PERSON_PASSWORD) });
}

/** Speaks /api/v1 in the session of a person who signed in as a browser does. */
export class PersonClient {
  readonly #url: string;
  readonly #cookies: string;

  private constructor(url: string, cookies: string) {
    this.#url = url;
    this.#cookies = cookies;
  }

  static async signIn(url: string, email: string, password: string): Promise<PersonClient> {
    const jar = new Map<string, string>();
    const keep = (response: Response) => response.headers.getSetCookie().forEach((line) => jar.set(line.split("=", 1)[0] ?? "", line.split(";", 1)[0] ?? ""));
    const csrf = await fetch(`${url}/api/auth/csrf`);
    keep(csrf);
    const { csrfToken } = (await csrf.json()) as { csrfToken: string };
    const body = new URLSearchParams({ csrfToken, email, password, json: "true" });
    keep(await fetch(`${url}/api/auth/callback/credentials`, { method: "POST", headers: { cookie: [...jar.values()].join("; "), origin: url }, body, redirect: "manual" }));
    if (![...jar.keys()].some((name) => name.endsWith("session-token"))) throw new Error(`${email} could not sign in`);
    return new PersonClient(url, [...jar.values()].join("; "));
  }

  /** The status the operation was answered with. */
  async statusOf(name: keyof typeof API, id: string, body?: unknown): Promise<number> {
    const { method, path }: Operation = API[name];
    const response = await fetch(`${this.#url}/api/v1${path.replace("{id}", id)}`, {
      method, headers: { cookie: this.#cookies, origin: this.#url, "content-type": "application/json" }, ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    return response.status;
  }
}
