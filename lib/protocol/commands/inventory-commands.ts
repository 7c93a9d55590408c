import type { CommandSpec, ParameterSpec } from "./command-spec";
import { DEFAULT_DEVICE_QUERIES, DEVICE_QUERIES } from "./device-queries";

/** What all questions have in common. */
const QUESTION = { group: "Inventory", danger: "none", neverDeferred: false, query: true, rank: 2 } as const;

function managedOnly(what: string): ParameterSpec {
  return {
    name: "ManagedOnly",
    type: "boolean",
    required: false,
    default: false,
    help: `Only ${what} that management installed. iOS and tvOS 13, macOS 10.15 and later; in a User Enrollment it is always so.`,
  };
}

/** Apple's schema: application.installed.list, ItemsItem. */
const APPLICATION_KEYS = [
  "AdHocCodeSigned", "AppStoreVendable", "BetaApp", "BundleSize", "DeviceBasedVPP", "DistributorIdentifier", "DynamicSize",
  "ExternalVersionIdentifier", "HasUpdateAvailable", "Identifier", "Installing", "IsAppClip", "IsValidated", "Name",
  "ShortVersion", "Version",
] as const;

/** Apple's schema: information.device, information.security, profile.list, application.installed.list, certificate.list. */
export const INVENTORY_COMMANDS: readonly CommandSpec[] = [
  {
    ...QUESTION,
    requestType: "DeviceInformation",
    title: "Device information",
    words: ["refresh", "details", "inventory", "update info", "battery", "storage", "name", "version"],
    summary: "Asks for facts about the device. What it does not know, or may not tell, it leaves out.",
    parameters: [
      {
        name: "Queries",
        type: "array",
        required: true,
        min: 1,
        default: DEFAULT_DEVICE_QUERIES,
        items: { name: "Query", type: "string", required: true, values: DEVICE_QUERIES, help: "The name of a fact." },
        help: "Which facts. Left out, the usual ones are asked for.",
      },
      {
        name: "DeviceAttestationNonce",
        type: "data",
        required: false,
        min: 1,
        max: 32,
        help: "Proves that an attestation is new; only together with the query DevicePropertiesAttestation. Devices make a new one at most every 7 days.",
      },
    ],
  },
  {
    ...QUESTION,
    requestType: "SecurityInfo",
    title: "Security information",
    words: ["encryption", "filevault", "firewall", "passcode", "security status", "refresh"],
    summary: "Asks for passcode, encryption, firewall, secure boot and how the device is managed.",
    parameters: [],
  },
  {
    ...QUESTION,
    requestType: "ProfileList",
    title: "List profiles",
    words: ["profiles", "configurations", "refresh"],
    summary: "Asks which configuration profiles are installed.",
    parameters: [managedOnly("profiles")],
  },
  {
    ...QUESTION,
    requestType: "InstalledApplicationList",
    title: "List apps",
    words: ["apps", "applications", "software", "programs", "refresh"],
    summary: "Asks which apps are installed, with versions and sizes.",
    parameters: [
      {
        name: "Identifiers",
        type: "array",
        required: false,
        min: 1,
        items: { name: "Identifier", type: "string", required: true, min: 1, help: "A bundle identifier; for an app on a watch, that of the watch app." },
        help: "Only these apps. iOS 7, macOS 10.15, tvOS 10.2 and later.",
      },
      {
        name: "ManagedAppsOnly",
        type: "boolean",
        required: false,
        default: false,
        help: "Only apps that this server manages by commands. iOS 7, macOS 10.15, tvOS 10.2 and later.",
      },
      {
        name: "Items",
        type: "array",
        required: false,
        min: 1,
        items: { name: "Item", type: "string", required: true, values: APPLICATION_KEYS, help: "A key of the answer." },
        help: "Only these facts of each app; the identifier always comes along. Sizes cost the device time and power. iOS and tvOS 14 and later.",
      },
    ],
  },
  {
    ...QUESTION,
    requestType: "CertificateList",
    title: "List certificates",
    words: ["certificates", "identities", "refresh"],
    summary: "Asks which certificates are installed. An iPhone that was not unlocked since it started answers later.",
    parameters: [managedOnly("certificates")],
  },
];
