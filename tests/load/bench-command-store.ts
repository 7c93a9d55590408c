import pg from "pg";

/** The queue seen from the side: makes commands that devices have answered wait once more, so that few devices make much load. */
export class BenchCommandStore {
  readonly #client: pg.Client;
  /** The command of each device and its place in the queue. */
  #queued: { id: string; queueRank: number }[] = [];

  private constructor(client: pg.Client) {
    this.#client = client;
  }

  static async open(databaseUrl: string): Promise<BenchCommandStore> {
    const client = new pg.Client({ connectionString: databaseUrl, application_name: "muster-bench" });
    await client.connect();
    return new BenchCommandStore(client);
  }

  close(): Promise<void> {
    return this.#client.end();
  }

  /** Remembers every command that waits now. */
  async remember(): Promise<void> {
    const { rows } = await this.#client.query<{ id: string; queueRank: number }>(
      `SELECT "id", "queueRank" FROM "Command" WHERE "state" = 'queued' AND "queueRank" IS NOT NULL`,
    );
    this.#queued = rows;
  }

  /** Puts the remembered commands back to where they were before anybody fetched them. */
  async queueAgain(): Promise<void> {
    await this.#client.query(
      `UPDATE "Command" c SET "state" = 'queued', "queueRank" = q."rank", "deliveredAt" = NULL, "deliveries" = 0, "endedAt" = NULL, "responseSealed" = NULL
       FROM unnest($1::uuid[], $2::int[]) AS q("id", "rank") WHERE c."id" = q."id"`,
      [this.#queued.map(({ id }) => id), this.#queued.map(({ queueRank }) => queueRank)],
    );
  }

  async serverVersion(): Promise<string> {
    const { rows } = await this.#client.query<{ server_version: string }>("SHOW server_version");
    return rows[0]?.server_version ?? "?";
  }
}
