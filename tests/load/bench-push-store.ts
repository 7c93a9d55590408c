import pg from "pg";

/** What the benchmark does to the database itself, off the clock. */
export class BenchPushStore {
  readonly #client: pg.Client;

  private constructor(client: pg.Client) {
    this.#client = client;
  }

  static async open(url: string): Promise<BenchPushStore> {
    const client = new pg.Client({ connectionString: url });
    await client.connect();
    return new BenchPushStore(client);
  }

  async serverVersion(): Promise<string> {
    const { rows } = await this.#client.query<{ server_version: string }>("SHOW server_version");
    return rows[0]?.server_version ?? "?";
  }

  /** Puts table and log in order, so that no round pays for the one before. */
  async tidy(): Promise<void> {
    await this.#client.query(`VACUUM ANALYZE "Enrollment"`);
    await this.#client.query("CHECKPOINT");
  }

  /** As if every device had answered and now is wanted again; the workers hear of it with the commit. */
  async makeAllDue(): Promise<void> {
    await this.#client.query("BEGIN");
    await this.#client.query(`UPDATE "Enrollment" SET "pushDueAt" = now(), "pushesUnanswered" = 0, "lastPushAt" = NULL`);
    await this.#client.query(`NOTIFY "muster_push"`);
    await this.#client.query("COMMIT");
  }

  /** Pushes that are wanted or under way. */
  async waiting(): Promise<number> {
    const { rows } = await this.#client.query<{ waiting: number }>(`SELECT count(*)::int AS "waiting" FROM "Enrollment" WHERE "pushDueAt" IS NOT NULL`);
    return rows[0]?.waiting ?? 0;
  }

  async close(): Promise<void> {
    await this.#client.end();
  }
}
