import type { PlistDictionary } from "../plist/plist-value";

export interface ServiceProfileInput {
  identifier: string;
  uuid: string;
  displayName: string;
  organization: string;
  description: string;
  /** Where the device posts what it signs, in both phases. */
  url: string;
  /** Comes back in what it signs. */
  challenge: string;
}

/** What the device is asked to say of itself; it leaves out what it does not have. */
const ATTRIBUTES = ["UDID", "SERIAL", "PRODUCT", "VERSION", "IMEI", "MEID"];

/** Phase 1 of the OTA profile service: not a profile, but where to ask for one (Apple, "Over-the-Air Profile Delivery and Configuration"). */
export function serviceProfile(input: ServiceProfileInput): PlistDictionary {
  return {
    PayloadType: "Profile Service",
    PayloadVersion: 1,
    PayloadIdentifier: input.identifier,
    PayloadUUID: input.uuid,
    PayloadDisplayName: input.displayName,
    PayloadDescription: input.description,
    PayloadOrganization: input.organization,
    PayloadContent: { URL: input.url, DeviceAttributes: ATTRIBUTES, Challenge: input.challenge },
  };
}
