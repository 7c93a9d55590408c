import { randomUUID } from "node:crypto";
import { expect, test } from "vitest";
import type { AuthenticateMessage } from "@/lib/protocol/checkin-message";
import { database } from "@/lib/db/database";
import { withTestDatabase } from "@/tests/support/database";
import type { Contact } from "./contact-store";
import { rulesFor } from "./entry-rules";

withTestDatabase();

const message = (udid: string, serialNumber: string) =>
  ({ channel: { kind: "device", deviceKeyKind: "udid", deviceKey: udid, key: udid }, serialNumber }) as AuthenticateMessage;
const contact = async (boundSerial: string | null, boundUdid: string | null) => {
  const fingerprint = randomUUID();
  await database().pool.query(
    `INSERT INTO "Identity" ("fingerprint", "serialNumber", "subject", "certificate", "publicKeyHash", "notBefore", "notAfter", "topic", "boundSerial", "boundUdid")
     VALUES ($1, $1, 'CN=device', '\\x00', $1, now(), now() + interval '1 year', 'com.apple.mgmt.test', $2, $3)`,
    [fingerprint, boundSerial, boundUdid],
  );
  return { linkId: null, fingerprint } as Contact & { fingerprint: string };
};

test("an identity issued for certain hardware serves no other", async () => {
  const rules = (bound: Contact & { fingerprint: string }, said: AuthenticateMessage) => rulesFor(database().pool, bound, said);
  await expect(rules(await contact("C02A", "U-1"), message("U-1", "C02A"))).resolves.toEqual({ groupId: null, owner: null });
  await expect(rules(await contact(null, null), message("U-2", "C02B"))).resolves.toEqual({ groupId: null, owner: null });
  await expect(rules(await contact("C02A", null), message("U-1", "C02B"))).rejects.toMatchObject({ code: "identity-mismatch" });
  await expect(rules(await contact(null, "U-1"), message("U-2", "C02A"))).rejects.toMatchObject({ code: "identity-mismatch" });
});
