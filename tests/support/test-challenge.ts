import { createChallenge } from "@/lib/pki/challenge-service";
import type { NewChallenge } from "@/lib/pki/challenge-store";
import type { ManagementTerms } from "@/lib/protocol/profile/management-terms";

/** As a profile of the server at this address has them. */
export function testTerms(topic: string, url = "https://mdm.example.org"): ManagementTerms {
  return { payloadUuid: "A94F3D07-62C8-49B1-8D55-0E7F1A2B3C4D", serverUrl: `${url}/mdm/connect`, checkinUrl: `${url}/mdm/checkin`, topic, accessRights: 8191, account: null };
}

/** The secret of a challenge that lasts a minute and may be used once, by SCEP, unless told otherwise. */
export async function testChallenge(wanted: Pick<NewChallenge, "linkId"> & Partial<NewChallenge> & { topic?: string }): Promise<string> {
  const { topic = "t", ...challenge } = wanted;
  const expiresAt = new Date(Date.now() + 60_000);
  const rest = { identityKind: "scep", terms: testTerms(topic), reusable: false, expiresAt, renewsEnrollmentId: null, boundSerial: null, boundUdid: null } as const;
  return (await createChallenge({ ...rest, ...challenge })).secret;
}
