import pg from "pg";

/** Every row of every table, as text: bytes in hex, in base64 and as they are. */
export async function everythingStored(databaseUrl: string): Promise<string> {
  const client = new pg.Client(databaseUrl);
  await client.connect();
  try {
    const { rows: tables } = await client.query<{ name: string }>(`SELECT tablename AS "name" FROM pg_tables WHERE schemaname = 'public'`);
    const parts: string[] = [];
    for (const { name } of tables) {
      const { rows } = await client.query<Record<string, unknown>>(`SELECT * FROM "${name}"`);
      for (const value of rows.flatMap((row) => Object.values(row))) {
        if (Buffer.isBuffer(value)) parts.push(value.toString("hex"), value.toString("latin1"), value.toString("base64"));
        else parts.push(value instanceof Date ? value.toISOString() : JSON.stringify(value) ?? "");
      }
    }
    return parts.join("\n");
  } finally {
    await client.end();
  }
}
