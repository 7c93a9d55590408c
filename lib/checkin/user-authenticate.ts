import type { DeviceAnswer } from "@/lib/protocol/device-exchange";
import { emptyAnswer } from "@/lib/protocol/device-exchange";
import type { UserAuthenticateMessage } from "@/lib/protocol/checkin-message";
import type { BoundContact } from "./admit-contact";
import { plistAnswer } from "./plist-answer";
import { readPolicy } from "./policy-store";

/**
 * UserAuthenticate (Apple, "User Authenticate"): by policy, 410 leaves the user unmanaged for this login session,
 * an empty challenge takes him in without a password. As no other challenge is ever given, a digest is answered 410.
 */
export async function userAuthenticate(_contact: BoundContact, message: UserAuthenticateMessage): Promise<DeviceAnswer> {
  const admitted = message.digestResponse === null && (await readPolicy("user-authenticate")) === "empty-challenge";
  return admitted ? plistAnswer({ DigestChallenge: "" }) : emptyAnswer(410);
}
