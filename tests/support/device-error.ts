import type { PlistDictionary } from "@/lib/protocol/plist/plist-value";

/** One link of an ErrorChain. */
export interface DeviceError {
  code: number;
  domain: string;
  text: string;
}

/** The ErrorChain of a report, the top error first. */
export function errorChain(errors: readonly DeviceError[]): PlistDictionary[] {
  return errors.map(({ code, domain, text }) => ({
    ErrorCode: code,
    ErrorDomain: domain,
    LocalizedDescription: text,
    USEnglishDescription: text,
  }));
}

// Numbers of Apple's archived "MDM Protocol Reference", section "Error Codes".
export const DEVICE_ERRORS = {
  malformedProfile: { code: 1000, domain: "MCProfileErrorDomain", text: "The profile is malformed." },
  profileNotInstalled: { code: 12075, domain: "MCMDMErrorDomain", text: "The profile is not installed." },
  badReplacement: { code: 12012, domain: "MCMDMErrorDomain", text: "The new MDM payload does not match the old one." },
  identityNotIssued: { code: 22013, domain: "MCSCEPErrorDomain", text: "The SCEP server returned an invalid response." },
  unknownRequestType: { code: 12021, domain: "MCMDMErrorDomain", text: "The request type is not known." },
  malformedRequest: { code: 12008, domain: "MCMDMErrorDomain", text: "The MDM request is malformed." },
  wrongUnlockToken: { code: 5013, domain: "MCPasscodeErrorDomain", text: "The passcode could not be cleared." },
} as const satisfies Record<string, DeviceError>;
