import type { Tone } from "./words";

// Words of Automated Device Enrollment (Apple): the same in the database, the API and the console.

/** What Apple's device assignment service complained of. */
export const ADE_PROBLEMS = {
  "terms-not-signed": { label: "Terms not accepted", tone: "bad", meaning: "An administrator of the account has to accept Apple’s new terms in Apple Business or School Manager. Until then Apple answers nothing." },
  "token-expired": { label: "Token expired", tone: "bad", meaning: "Download a new token from the portal and upload it. Devices and assignments are kept." },
  "token-rejected": { label: "Token rejected", tone: "bad", meaning: "Apple does not take the token any more: it was replaced by a newer one, or this server was removed in the portal. Upload the newest token." },
  "clock-wrong": { label: "Clock is wrong", tone: "bad", meaning: "Apple refuses the time in our signature. Set the clock of this server." },
  "access-denied": { label: "Access denied", tone: "bad", meaning: "Apple does not let this server do that. Look at it in the portal, under MDM servers." },
  throttled: { label: "Slowed down by Apple", tone: "warning", meaning: "Apple asks us to wait. It goes on by itself." },
  unreachable: { label: "Apple not reachable", tone: "warning", meaning: "Apple’s service did not answer. It is tried again by itself; see that this server may open connections to it." },
  "service-error": { label: "Error at Apple", tone: "warning", meaning: "Apple’s service failed. It is tried again by itself." },
  "request-refused": { label: "Refused by Apple", tone: "bad", meaning: "Apple did not take what we sent." },
} as const satisfies Record<string, { label: string; tone: Tone; meaning: string }>;
export type AdeProblem = keyof typeof ADE_PROBLEMS;

export const ADE_ADMISSIONS = {
  anyone: { label: "Every device", meaning: "Every genuine Apple device that comes to the address." },
  known: { label: "Devices of the account", meaning: "Devices that Apple Business or School Manager has given to one of the servers here." },
  "allow-list": { label: "Listed serial numbers", meaning: "Only the serial numbers below." },
  approve: { label: "Ask an admin", meaning: "Each device is refused until an admin lets it in; it then enrolls when it is tried again." },
} as const;
export type AdeAdmission = keyof typeof ADE_ADMISSIONS;

export const ADE_WEB_PAGES = {
  none: { label: "No page", meaning: "Setup Assistant goes on by itself." },
  consent: { label: "A page to agree to", meaning: "The person reads who will manage the device, and goes on." },
  "sign-in": { label: "Sign-in", meaning: "Somebody with an account of this console signs in." },
} as const;
export type AdeWebPage = keyof typeof ADE_WEB_PAGES;

export const ADE_REFUSALS = {
  "os-too-old": { label: "System too old", meaning: "It is below the minimum and was sent to update first." },
  "not-listed": { label: "Not on the list", meaning: "Its serial number is not among those that may enroll." },
  "not-known": { label: "Not in the account", meaning: "No account here has given this device to us." },
  "waiting-for-approval": { label: "Waits for approval", meaning: "An admin has to let it in." },
  "not-approved": { label: "Not let in", meaning: "An admin has decided against it." },
  "sign-in-failed": { label: "Sign-in failed", meaning: "E-mail and password did not fit." },
} as const;
export type AdeRefusal = keyof typeof ADE_REFUSALS;

/** Why a device is enrolled or not. */
export const ADE_DEVICE_STATES = {
  enrolled: { label: "Enrolled", tone: "good", meaning: "The device is managed." },
  "in-setup-assistant": { label: "In Setup Assistant", tone: "info", meaning: "It is managed and waits in Setup Assistant to be released." },
  enrolling: { label: "Enrolling", tone: "info", meaning: "It has begun to check in and has not sent its push token yet." },
  quarantined: { label: "Quarantined", tone: "warning", meaning: "It has enrolled and waits for an admin’s decision." },
  "waiting-for-approval": { label: "Waits for approval", tone: "warning", meaning: "It came and was refused until an admin lets it in." },
  "os-too-old": { label: "System too old", tone: "warning", meaning: "It came with a system below the minimum and was sent to update." },
  refused: { label: "Refused", tone: "bad", meaning: "It came and was refused." },
  "profile-handed-out": { label: "Has the profile", tone: "info", meaning: "It got the enrollment profile and has not checked in yet. Its clock, its network or an old backup may stand in the way." },
  "page-open": { label: "Page not answered", tone: "info", meaning: "It shows the page before the profile; nobody has gone on there." },
  "token-expired": { label: "Token expired", tone: "bad", meaning: "The server token has ended, so nothing can be assigned." },
  "assignment-failed": { label: "Assignment failed", tone: "bad", meaning: "Apple did not take the assignment for this device." },
  "assignment-due": { label: "Being assigned", tone: "info", meaning: "Apple is told at the next sync." },
  "not-assigned": { label: "Not assigned", tone: "warning", meaning: "Nothing is assigned to it, so Setup Assistant does not come here. Assign a configuration." },
  "other-profile": { label: "Another profile", tone: "warning", meaning: "Apple holds a profile for it that is not of a configuration here." },
  assigned: { label: "Assigned", tone: "neutral", meaning: "Apple has the assignment, and the device has not asked for it: it was not set up since. Erase or start it." },
  pushed: { label: "Fetched by the device", tone: "warning", meaning: "The device has got the address from Apple, and never came here: see that it can reach this server and trusts its certificate." },
  ended: { label: "Management ended", tone: "neutral", meaning: "It was managed; that is over. It comes again when it is erased and set up." },
  "gone-from-account": { label: "Gone from the account", tone: "neutral", meaning: "The account has taken it away from this server." },
} as const satisfies Record<string, { label: string; tone: Tone; meaning: string }>;
export type AdeDeviceState = keyof typeof ADE_DEVICE_STATES;
