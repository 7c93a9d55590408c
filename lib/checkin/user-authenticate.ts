import { readSetting } from "@/lib/db/setting-store";
import type { DeviceAnswer } from "@/lib/protocol/device-exchange";
import { emptyAnswer } from "@/lib/protocol/device-exchange";
import type { UserAuthenticateMessage } from "@/lib/protocol/checkin-message";
import type { BoundContact } from "./admit-contact";
import { plistAnswer } from "./plist-answer";

/** The setting "user-authenticate"; whoever set nothing takes no network users in. */
export async function isEmptyChallengeOn(): Promise<boolean> {
  return (await readSetting("user-authenticate")) === "empty-challenge";
}

/**
 * UserAuthenticate (Apple, "User Authenticate"): by policy, 410 leaves the user unmanaged for this login session,
 * an empty challenge takes him in without a password. As no other challenge is ever given, a digest is answered 410.
 */
export async function userAuthenticate(_contact: BoundContact, message: UserAuthenticateMessage): Promise<DeviceAnswer> {
  const admitted = message.digestResponse === null && (await isEmptyChallengeOn());
  return admitted ? plistAnswer({ DigestChallenge: "" }) : emptyAnswer(410);
}
