import type { Executor } from "@/lib/db/database";
import { seal } from "@/lib/db/sealed";
import type { EnrollmentRow } from "@/lib/devices/enrollment-store";
import { saveToken } from "@/lib/devices/enrollment-store";
import { keepSecret } from "@/lib/devices/secret-store";
import { isSharedIpadUser } from "@/lib/protocol/channel";
import type { TokenUpdateMessage } from "@/lib/protocol/checkin-message";

/** Only devices and the users of a Shared iPad can wait for us in Setup Assistant; from a user of a Mac the key means nothing. */
export function waits({ awaitingConfiguration, channel }: TokenUpdateMessage): boolean {
  return awaitingConfiguration && (channel.kind === "device" || isSharedIpadUser(channel));
}

/**
 * Token, magic and topic overwrite the old ones together, an unlock token only when one came. A life that was still
 * beginning is `state` from now on. Answers whether this was its first token.
 */
export async function takeToken(
  tx: Executor,
  enrollment: EnrollmentRow,
  fingerprint: string,
  message: TokenUpdateMessage,
  state: "enrolled" | "quarantined",
): Promise<boolean> {
  const place = (column: string) => ({ table: "Enrollment", row: enrollment.id, column });
  const first = await saveToken(tx, {
    enrollmentId: enrollment.id, topic: message.topic, state,
    tokenSealed: seal(message.token, place("tokenSealed")),
    magicSealed: seal(Buffer.from(message.pushMagic), place("magicSealed")),
    awaitingConfiguration: waits(message), identityFingerprint: fingerprint,
    notOnConsole: message.channel.kind === "user" ? message.notOnConsole : null,
    userShortName: message.channel.userShortName, userLongName: message.channel.userLongName,
  });
  if (message.unlockToken !== null) {
    await keepSecret(tx, { deviceId: enrollment.deviceId, enrollmentId: enrollment.id, kind: "unlock-token", source: "", value: message.unlockToken });
  }
  return first;
}
