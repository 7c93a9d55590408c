/** EnrollmentMode of account-driven enrollment: User Enrollment, or Device Enrollment. */
export type EnrollmentMode = "BYOD" | "ADDE";

/**
 * What a device was enrolled with and holds its server to: it rejects a later profile that changes any of it
 * (Apple's schema, com.apple.mdm). Kept with the identity, so that a renewal repeats it whatever was configured since.
 */
export interface ManagementTerms {
  /** PayloadUUID of the MDM payload: with another one the payload would be removed and added, not updated. */
  payloadUuid: string;
  /** Where commands are fetched. */
  serverUrl: string;
  checkinUrl: string;
  topic: string;
  /** Null in User Enrollment, which has rights of its own and refuses the key. */
  accessRights: number | null;
  /** Account-driven enrollment: what the person has signed in to, and as whom. Null otherwise. */
  account: { mode: EnrollmentMode; managedAppleAccount: string } | null;
}
