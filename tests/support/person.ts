import { randomUUID } from "node:crypto";
import { hashPassword } from "@/lib/accounts/password";
import { insertUser } from "@/lib/accounts/user-store";
import { API, type Operation } from "@/lib/contracts/api";
import type { Role } from "@/lib/contracts/words";
import { database } from "@/lib/db/database";
import { CookieJar } from "./cookie-jar";

export const PERSON_PASSWORD = "a long enough sentence";

/** Makes a person in the database that the test process shares. */
export async function addPerson(email: string, role: Role): Promise<void> {
  await insertUser(database().pool, { id: randomUUID(), email, name: email, role, passwordHash: await hashPassword(PERSON_PASSWORD) });
}

/** Speaks /api/v1 in the session of a person who signed in as a browser does. */
export class PersonClient {
  readonly #url: string;
  readonly #jar = new CookieJar();

  private constructor(url: string) {
    this.#url = url;
  }

  static async signIn(url: string, email: string, password: string): Promise<PersonClient> {
    const person = new PersonClient(url);
    const { csrfToken } = (await (await person.#jar.ask(`${url}/api/auth/csrf`)).json()) as { csrfToken: string };
    const body = new URLSearchParams({ csrfToken, email, password, json: "true" });
    await person.#jar.ask(`${url}/api/auth/callback/credentials`, { method: "POST", headers: { origin: url }, body });
    if (!person.#jar.names.some((name) => name.endsWith("session-token"))) throw new Error(`${email} could not sign in`);
    return person;
  }

  /** The status the operation was answered with. */
  async statusOf(name: keyof typeof API, id: string, body?: unknown): Promise<number> {
    const { method, path }: Operation = API[name];
    const response = await this.#jar.ask(`${this.#url}/api/v1${path.replace("{id}", id)}`, {
      method, headers: { origin: this.#url, "content-type": "application/json" }, ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    return response.status;
  }
}
