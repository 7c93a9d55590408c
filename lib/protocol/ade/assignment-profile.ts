/** What Setup Assistant is told of an enrollment (Apple, "Profile" of device assignment), in Apple's own keys. */
export interface AssignmentProfile {
  profile_name: string;
  url: string;
  configuration_web_url?: string;
  allow_pairing: boolean;
  is_supervised: boolean;
  is_multi_user: boolean;
  is_mandatory: boolean;
  is_mdm_removable: boolean;
  is_return_to_service: boolean;
  await_device_configured: boolean;
  auto_advance_setup: boolean;
  do_not_use_profile_from_backup: boolean;
  skip_setup_items: readonly string[];
  department?: string;
  support_phone_number?: string;
  support_email_address?: string;
  org_magic?: string;
  language?: string;
  region?: string;
  anchor_certs?: readonly string[];
  supervising_host_certs?: readonly string[];
}

/** What an admin decides of it; empty texts and lists say nothing. */
export interface ProfileChoices {
  isMandatory: boolean;
  isMdmRemovable: boolean;
  isSupervised: boolean;
  isMultiUser: boolean;
  isReturnToService: boolean;
  allowPairing: boolean;
  awaitConfiguration: boolean;
  autoAdvanceSetup: boolean;
  doNotUseProfileFromBackup: boolean;
  skipSetupItems: readonly string[];
  department: string;
  supportPhoneNumber: string;
  supportEmailAddress: string;
  orgMagic: string;
  language: string;
  region: string;
  anchorCerts: readonly string[];
  supervisingHostCerts: readonly string[];
}

/** The profile with every key that says something; Apple refuses empty texts. `webUrl` null: no page. */
export function assignmentProfile(choices: ProfileChoices, place: { name: string; url: string; webUrl: string | null; anchors: readonly Uint8Array[] }): AssignmentProfile {
  const anchors = choices.anchorCerts.length > 0 ? choices.anchorCerts : place.anchors.map((der) => Buffer.from(der).toString("base64"));
  return {
    profile_name: place.name,
    url: place.url,
    ...(place.webUrl === null ? {} : { configuration_web_url: place.webUrl }),
    allow_pairing: choices.allowPairing,
    is_supervised: choices.isSupervised,
    is_multi_user: choices.isMultiUser,
    is_mandatory: choices.isMandatory,
    is_mdm_removable: choices.isMdmRemovable,
    is_return_to_service: choices.isReturnToService,
    await_device_configured: choices.awaitConfiguration,
    auto_advance_setup: choices.autoAdvanceSetup,
    do_not_use_profile_from_backup: choices.doNotUseProfileFromBackup,
    skip_setup_items: choices.skipSetupItems,
    ...said("department", choices.department),
    ...said("support_phone_number", choices.supportPhoneNumber),
    ...said("support_email_address", choices.supportEmailAddress),
    ...said("org_magic", choices.orgMagic),
    ...said("language", choices.language),
    ...said("region", choices.region),
    ...said("anchor_certs", anchors),
    ...said("supervising_host_certs", choices.supervisingHostCerts),
  };
}

function said<K extends string, V extends { length: number }>(key: K, value: V): { [name in K]?: V } {
  return value.length === 0 ? {} : ({ [key]: value } as { [name in K]: V });
}
