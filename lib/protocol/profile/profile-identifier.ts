/** The PayloadIdentifier of every enrollment profile. Devices know their management by it: it never changes. */
export const PROFILE_IDENTIFIER = "muster.enrollment";
