import { expect, test } from "vitest";
import type { AuthenticateMessage } from "@/lib/protocol/checkin-message";
import { database } from "@/lib/db/database";
import { withTestDatabase } from "@/tests/support/database";
import type { Contact } from "./contact-store";
import { rulesFor } from "./entry-rules";

withTestDatabase();

const message = (udid: string, serialNumber: string) =>
  ({ channel: { kind: "device", deviceKeyKind: "udid", deviceKey: udid, key: udid }, serialNumber }) as AuthenticateMessage;
const contact = (boundSerial: string | null, boundUdid: string | null) => ({ boundSerial, boundUdid, linkId: null, fingerprint: "00" }) as Contact & { fingerprint: string };

test("an identity issued for certain hardware serves no other", async () => {
  const rules = (bound: Contact & { fingerprint: string }, said: AuthenticateMessage) => rulesFor(database().pool, bound, said);
  await expect(rules(contact("C02A", "U-1"), message("U-1", "C02A"))).resolves.toEqual({ groupId: null, owner: null });
  await expect(rules(contact(null, null), message("U-2", "C02B"))).resolves.toEqual({ groupId: null, owner: null });
  await expect(rules(contact("C02A", null), message("U-1", "C02B"))).rejects.toMatchObject({ code: "identity-mismatch" });
  await expect(rules(contact(null, "U-1"), message("U-2", "C02A"))).rejects.toMatchObject({ code: "identity-mismatch" });
});
