/** The states, causes and roles of the whole product: the same words in the database, the API and the console. */

/** How a state is coloured. The word always stands beside the colour. */
export type Tone = "neutral" | "info" | "good" | "warning" | "bad";

interface Word {
  label: string;
  tone: Tone;
  /** One sentence for people. */
  meaning: string;
}

export const ENROLLMENT_STATES = {
  authenticating: { label: "Enrolling", tone: "info", meaning: "The device has introduced itself and has not yet sent its push token." },
  enrolled: { label: "Enrolled", tone: "good", meaning: "The device is managed." },
  quarantined: { label: "Quarantined", tone: "warning", meaning: "The device is answered but gets no commands until an admin decides." },
  unenrolling: { label: "Unenrolling", tone: "warning", meaning: "Management ends at the next contact." },
  ended: { label: "Ended", tone: "neutral", meaning: "This life of management is over." },
} as const satisfies Record<string, Word>;
export type EnrollmentState = keyof typeof ENROLLMENT_STATES;

export const END_CAUSES = {
  "checked-out": { label: "Checked out", tone: "neutral", meaning: "The device said goodbye: its profile was removed on the device." },
  "profile-removed": { label: "Profile removed", tone: "neutral", meaning: "The device removed the enrollment profile as we had asked." },
  terminated: { label: "Terminated", tone: "neutral", meaning: "We answered 401 as an admin had decided." },
  unrecognized: { label: "Not recognized", tone: "neutral", meaning: "We answered that this device is unrecognized, as an admin had decided." },
  replaced: { label: "Replaced", tone: "neutral", meaning: "The device enrolled again and began a new life." },
  rejected: { label: "Rejected", tone: "bad", meaning: "The device was refused." },
  forgotten: { label: "Forgotten", tone: "neutral", meaning: "An admin removed the record." },
} as const satisfies Record<string, Word>;
export type EndCause = keyof typeof END_CAUSES;

export const COMMAND_STATES = {
  scheduled: { label: "Scheduled", tone: "neutral", ended: false, meaning: "Waits for its time." },
  queued: { label: "Queued", tone: "info", ended: false, meaning: "Waits for the device to connect." },
  delivered: { label: "Delivered", tone: "info", ended: false, meaning: "The device has it and has not answered yet." },
  deferred: { label: "Deferred", tone: "warning", ended: false, meaning: "The device said NotNow; it is offered again." },
  acknowledged: { label: "Acknowledged", tone: "good", ended: true, meaning: "The device has done it." },
  failed: { label: "Failed", tone: "bad", ended: true, meaning: "The device answered with an error." },
  malformed: { label: "Malformed", tone: "bad", ended: true, meaning: "The device could not read the command: our fault." },
  cancelled: { label: "Cancelled", tone: "neutral", ended: true, meaning: "Taken out of the queue." },
  expired: { label: "Expired", tone: "neutral", ended: true, meaning: "Its time ran out before the device answered." },
  poisoned: { label: "Taken out", tone: "bad", ended: true, meaning: "Delivered three times without any answer, so it no longer blocks the queue." },
} as const satisfies Record<string, Word & { ended: boolean }>;
export type CommandState = keyof typeof COMMAND_STATES;

/** Where a profile of the library stands on a device. */
export const PROFILE_STATES = {
  pending: { label: "Pending", tone: "info", meaning: "It waits for the device to connect." },
  "waiting-for-a-value": { label: "Waiting for a value", tone: "warning", meaning: "A variable in it has no value for this device: it is sent once there is one." },
  installing: { label: "Installing", tone: "info", meaning: "The device has it and has not answered yet." },
  installed: { label: "Installed", tone: "good", meaning: "The device has the version it should have." },
  failed: { label: "Failed", tone: "bad", meaning: "The device did not take it." },
  drifted: { label: "Drifted", tone: "bad", meaning: "The device no longer has what it was given." },
  removing: { label: "Removing", tone: "warning", meaning: "It should no longer be there and is asked for back." },
} as const satisfies Record<string, Word>;
export type ProfileState = keyof typeof PROFILE_STATES;

/** How a managed device can be woken, by what came of its pushes. */
export const PUSH_HEALTH = {
  good: { label: "Good", tone: "good", meaning: "Its last push was accepted, and it has connected since, or none was needed yet." },
  unanswered: { label: "Unanswered", tone: "info", meaning: "Apple accepted the last push; the device has not connected since." },
  failing: { label: "Refused", tone: "bad", meaning: "Apple refused the last push." },
  dead: { label: "Token dead", tone: "bad", meaning: "Apple said that the push token is no longer valid." },
  missing: { label: "No token", tone: "warning", meaning: "The device has not sent a push token." },
} as const satisfies Record<string, Word>;
export type PushHealth = keyof typeof PUSH_HEALTH;

export const PLATFORMS = {
  ios: "iOS",
  ipados: "iPadOS",
  macos: "macOS",
  tvos: "tvOS",
  watchos: "watchOS",
  visionos: "visionOS",
  unknown: "Unknown",
} as const;
export type Platform = keyof typeof PLATFORMS;

export const ROLES = {
  viewer: { label: "Viewer", meaning: "Sees everything but secrets." },
  operator: { label: "Operator", meaning: "Also enrolls devices and sends commands." },
  owner: { label: "Owner", meaning: "Also keeps certificates, people and tokens." },
} as const;
export type Role = keyof typeof ROLES;

export const TERMINATION_METHODS = {
  "remove-profile": { label: "Ask the device to remove the profile", meaning: "A RemoveProfile command is queued. Always possible; the device confirms it." },
  unrecognized: { label: "Answer 403 unrecognized", meaning: "At its next contact the device hears that we do not know it. iOS 17, macOS 14, tvOS 17 and later." },
  unauthorized: { label: "Answer 401", meaning: "At its next contact the device is refused and removes its management." },
} as const;
export type TerminationMethod = keyof typeof TERMINATION_METHODS;

/** How far the end of management has come, as far as it is known. */
export const TERMINATION_PROGRESS = {
  asked: { label: "Asked for", tone: "info", meaning: "The device has not been in contact since." },
  held: { label: "Held back", tone: "warning", meaning: "The hourly limit was reached: it goes on when there is room again, or when a second person confirms it." },
  delivered: { label: "Delivered", tone: "info", meaning: "The device has the command and has not answered yet." },
  refused: { label: "Not carried out", tone: "bad", meaning: "The device did not remove the profile. Try another way out." },
  silent: { label: "Only silent", tone: "warning", meaning: "It got the command and was not heard of again: most likely its management is gone." },
  answered: { label: "Answered", tone: "neutral", meaning: "It heard our answer. Nothing came after that, which is usual." },
  "profile-removed": { label: "Profile removed", tone: "good", meaning: "The device said that it removed the enrollment profile." },
  "checked-out": { label: "Checked out", tone: "good", meaning: "The device said goodbye." },
} as const satisfies Record<string, Word>;
export type TerminationProgress = keyof typeof TERMINATION_PROGRESS;

export const LINK_STATE_WORDS = {
  usable: { label: "Usable", tone: "good", meaning: "Devices may enroll through it now." },
  expired: { label: "Expired", tone: "neutral", meaning: "Its time is over." },
  "used-up": { label: "Used up", tone: "neutral", meaning: "As many certificates were issued through it as it allows." },
  revoked: { label: "Revoked", tone: "neutral", meaning: "An admin withdrew it. Devices that enrolled through it stay enrolled." },
} as const satisfies Record<string, Word>;

/** How a device comes in by a link. */
export const LINK_KINDS = {
  profile: { label: "Profile", meaning: "The page hands out the enrollment profile itself." },
  ota: { label: "OTA profile service", meaning: "The device first proves by its built-in certificate what it is, and gets a profile bound to this hardware." },
  ade: { label: "Automated Device Enrollment", meaning: "Setup Assistant fetches the profile." },
  "account-driven": { label: "Account-driven", meaning: "The person signs in with a work account in Settings." },
} as const;
export type LinkKind = keyof typeof LINK_KINDS;

export const ADMISSION_RULES = {
  open: { label: "Let everybody in", meaning: "Whoever may use it is managed at once." },
  approve: { label: "Ask an admin", meaning: "Each device waits until an admin lets it in." },
} as const;
export type AdmissionRule = keyof typeof ADMISSION_RULES;

export const RESTORE_POLICIES = {
  accept: { label: "Accept", meaning: "A device restored from a backup is managed on." },
  quarantine: { label: "Quarantine", meaning: "A device restored from a backup gets no commands until an admin decides." },
  reject: { label: "Reject", meaning: "A device restored from a backup is refused and removes its management." },
} as const;
export type RestorePolicy = keyof typeof RESTORE_POLICIES;

/** What makes a TokenUpdate look like a device restored from a backup. */
export const RESTORE_SIGNS = {
  "life-ended": { label: "Its management had ended", meaning: "It speaks with the identity of a life that is over." },
  erased: { label: "It had erased itself", meaning: "It acknowledged our EraseDevice, and did not enroll again." },
  "older-identity": { label: "An identity it had replaced", meaning: "It speaks with a certificate that was renewed since." },
  "new-address": { label: "All of its push address is new", meaning: "After a silence, token and magic changed together without a new enrollment." },
} as const;
export type RestoreSign = keyof typeof RESTORE_SIGNS;

export const RESTORE_STATES = {
  waiting: { label: "Waiting", tone: "warning", meaning: "It gets no commands until somebody decides." },
  accepted: { label: "Accepted", tone: "good", meaning: "It is managed on." },
  rejected: { label: "Rejected", tone: "bad", meaning: "It is refused by 401 and removes its management." },
  superseded: { label: "Settled", tone: "neutral", meaning: "It left, or enrolled again, before anybody decided." },
} as const satisfies Record<string, Word>;
export type RestoreState = keyof typeof RESTORE_STATES;

export const ADMISSION_STATES = {
  waiting: { label: "Waiting", tone: "warning", meaning: "Somebody has to let this device in." },
  approved: { label: "Approved", tone: "good", meaning: "The device was let in." },
  refused: { label: "Refused", tone: "bad", meaning: "The device was not let in." },
} as const satisfies Record<string, Word>;
export type AdmissionState = keyof typeof ADMISSION_STATES;

export const PUSH_CERTIFICATE_STATES = {
  current: { label: "In use", tone: "good", meaning: "New devices get its topic." },
  needed: { label: "Needed", tone: "info", meaning: "Enrolled devices depend on its topic; new ones get another." },
  retired: { label: "Retired", tone: "neutral", meaning: "No device depends on its topic any more." },
  replaced: { label: "Replaced", tone: "neutral", meaning: "A later certificate of the same topic took its place." },
} as const satisfies Record<string, Word>;
export type PushCertificateState = keyof typeof PUSH_CERTIFICATE_STATES;

export const IDENTITY_KINDS = { scep: "SCEP", acme: "ACME, attested", pkcs12: "PKCS #12" } as const;
/** EnrollmentMode of account-driven enrollment, with the Version by which a device finds it (Apple, "Onboarding users with account sign-in"). */
export const ACCOUNT_MODES = {
  BYOD: { label: "User Enrollment", version: "mdm-byod", meaning: "The device belongs to the person: work data lives apart, and the server learns neither serial number nor UDID." },
  ADDE: { label: "Device Enrollment", version: "mdm-adde", meaning: "The device belongs to the organization: the server manages all of it." },
} as const;
export type AccountMode = keyof typeof ACCOUNT_MODES;

export const ACCOUNT_METHODS = {
  "apple-as-web": { label: "Web sign-in", meaning: "The person signs in on a page of this server, once. All systems with account-driven enrollment." },
  "apple-oauth2": { label: "OAuth 2", meaning: "As before, but the device keeps a token that it renews by itself." },
} as const;
export type AccountMethod = keyof typeof ACCOUNT_METHODS;

/** model-family of service discovery. */
export const MODEL_FAMILIES = { iPhone: "iPhone", iPad: "iPad", Mac: "Mac", RealityDevice: "Vision Pro", AppleTV: "Apple TV", Watch: "Apple Watch" } as const;
export type ModelFamily = keyof typeof MODEL_FAMILIES;

export type IdentityKind = keyof typeof IDENTITY_KINDS;

/** Why a device may not answer a push, or that it does. */
export const PUSH_CAUSES = {
  healthy: { label: "Answers", tone: "good", meaning: "The device connected after the last push." },
  idle: { label: "Nothing to wake it for", tone: "neutral", meaning: "No push was needed yet." },
  pending: { label: "Push on its way", tone: "info", meaning: "A push is due and leaves in a moment." },
  waiting: { label: "Not answered yet", tone: "info", meaning: "Apple accepted the first unanswered push less than ten minutes ago." },
  "never-connected": { label: "Never connected", tone: "warning", meaning: "The device enrolled and has not asked for commands since." },
  silent: { label: "Silent", tone: "warning", meaning: "Apple accepts the pushes, and the device does not connect." },
  lost: { label: "Probably gone", tone: "bad", meaning: "Silent for more than a week, although Apple accepts the pushes." },
  holding: { label: "Holds commands back", tone: "warning", meaning: "The device connects, but has not answered commands it was given." },
  "token-refused": { label: "Token refused", tone: "bad", meaning: "Apple refuses the push token of this device." },
  "token-dead": { label: "Token dead", tone: "bad", meaning: "Apple says that the device no longer listens." },
  failing: { label: "Push failed", tone: "warning", meaning: "The last push did not get through and is tried again." },
  alarm: { label: "Push configuration", tone: "bad", meaning: "Pushes fail for every device of the topic: nothing is wrong with this one." },
  "certificate-missing": { label: "No push certificate", tone: "bad", meaning: "There is no push certificate for the topic of this device." },
  "certificate-expired": { label: "Push certificate expired", tone: "bad", meaning: "The push certificate of the topic has expired." },
  "test-topic": { label: "Test topic", tone: "bad", meaning: "The device enrolled while there was no push certificate; Apple cannot wake it." },
  "other-topic": { label: "Topics differ", tone: "bad", meaning: "The device listens to another topic than its profile names." },
  "no-token": { label: "No push token", tone: "warning", meaning: "The device has not sent a push token yet." },
  ended: { label: "Management ended", tone: "neutral", meaning: "Nothing is pushed to a device that is not managed." },
} as const satisfies Record<string, Word>;
export type PushCause = keyof typeof PUSH_CAUSES;

export const PUSH_OUTCOMES = {
  accepted: { label: "Accepted", tone: "good", meaning: "Apple took the push. That it arrived is not said." },
  "dead-token": { label: "Token dead", tone: "bad", meaning: "The device no longer listens." },
  "token-refused": { label: "Token refused", tone: "bad", meaning: "Apple does not take this token." },
  configuration: { label: "Configuration", tone: "bad", meaning: "Our certificate or topic is wrong." },
  ours: { label: "Our mistake", tone: "bad", meaning: "The request was wrong." },
  retry: { label: "Tried again", tone: "warning", meaning: "Apple or the network failed; the push is repeated." },
} as const satisfies Record<string, Word>;

/** Why a push is planned. */
export const PUSH_REASONS = {
  asked: "for commands that wait, or because somebody asked",
  repeated: "because the last one failed",
  sweep: "because the device owes an answer",
} as const;
export type PushReason = keyof typeof PUSH_REASONS;

/** How far the renewal of an identity has come. */
export const RENEWAL_STAGES = {
  "not-due": { label: "Not due", tone: "neutral", meaning: "The identity has long enough to live." },
  due: { label: "Due", tone: "info", meaning: "The profile is sent with one of the next daily shares." },
  queued: { label: "Queued", tone: "info", meaning: "The profile waits for the device to connect." },
  delivered: { label: "Delivered", tone: "info", meaning: "The device has the profile." },
  issued: { label: "Issued", tone: "info", meaning: "The device has fetched its new identity." },
  installed: { label: "Installed", tone: "info", meaning: "The device says that the profile is installed, and has yet to show the new identity." },
  authenticated: { label: "Authenticated", tone: "info", meaning: "The device has introduced itself with the new identity; its push token has yet to come." },
  done: { label: "Renewed", tone: "good", meaning: "The new identity has taken over." },
} as const satisfies Record<string, Word>;
export type RenewalStage = keyof typeof RENEWAL_STAGES;

export const RENEWAL_CAUSES = {
  schedule: { label: "Its time" },
  authority: { label: "A new authority" },
  request: { label: "Asked for" },
} as const;
export type RenewalCause = keyof typeof RENEWAL_CAUSES;

export const AUTHORITY_STATES = {
  issuing: { label: "Issuing", tone: "good", meaning: "New identities come from it." },
  trusted: { label: "Trusted", tone: "info", meaning: "It issues no more; devices still depend on it." },
  retired: { label: "Retired", tone: "neutral", meaning: "No device depends on it, and what it has issued is no longer accepted." },
} as const satisfies Record<string, Word>;
export type AuthorityState = keyof typeof AUTHORITY_STATES;

/** The topic of devices that enroll while there is no push certificate; never pushed through Apple. */
export const TEST_TOPIC = "com.apple.mgmt.External.muster-test";

/** The keys of a record of words, typed, for zod enums and lists. */
export function wordsOf<T extends Record<string, unknown>>(table: T): [keyof T & string, ...(keyof T & string)[]] {
  const [first, ...rest] = Object.keys(table) as (keyof T & string)[];
  if (first === undefined) throw new Error("a table of words is empty");
  return [first, ...rest];
}
