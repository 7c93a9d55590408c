import { onServer } from "./database-admin";

/** What was given out and not answered counts as lost from now on, as if the time of its session were over. */
export function giveUpDeliveries(databaseUrl: string): Promise<void> {
  return onServer(databaseUrl, `UPDATE "Command" SET "deliveredAt" = "deliveredAt" - interval '1 minute' WHERE "state" = 'delivered'`);
}
