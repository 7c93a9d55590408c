import type { CommandSpec } from "./command-spec";
import { DEFAULT_DEVICE_QUERIES } from "./device-queries";
import { makeSpec } from "./make-spec";

/** What all questions have in common. */
export const QUESTION = { group: "Inventory", query: true } as const;

/** Apple's schema: information.*, profile.list, application.installed.list, certificate.list, device.restrictions.list, lom.setuprequest. */
export const INVENTORY_COMMANDS: readonly CommandSpec[] = [
  makeSpec("DeviceInformation", {
    ...QUESTION,
    title: "Device information",
    words: ["refresh", "details", "inventory", "update info", "battery", "storage", "name", "version", "attestation"],
    summary: "Asks for facts about the device. What it does not know, or may not tell, it leaves out.",
    parameters: {
      Queries: { default: DEFAULT_DEVICE_QUERIES, help: "Which facts. Left out, the usual ones are asked for." },
      "Queries[]": "The name of a fact.",
      DeviceAttestationNonce: {
        max: 32,
        help: "Proves that an attestation is new; only together with the query DevicePropertiesAttestation. Devices make a new one at most every 7 days.",
      },
    },
    rules: [
      ({ DeviceAttestationNonce, Queries }) =>
        DeviceAttestationNonce !== undefined && !(Array.isArray(Queries) && Queries.includes("DevicePropertiesAttestation"))
          ? { pointer: "/DeviceAttestationNonce", detail: "goes only with the query DevicePropertiesAttestation" }
          : null,
    ],
  }),
  makeSpec("SecurityInfo", {
    ...QUESTION,
    title: "Security information",
    words: ["encryption", "filevault", "firewall", "passcode", "security status", "refresh"],
    summary: "Asks for passcode, encryption, firewall, secure boot and how the device is managed.",
  }),
  makeSpec("ProfileList", {
    ...QUESTION,
    title: "List profiles",
    words: ["profiles", "configurations", "refresh"],
    summary: "Asks which configuration profiles are installed.",
    parameters: { ManagedOnly: "Only profiles that management installed. In a User Enrollment it is always so." },
  }),
  makeSpec("InstalledApplicationList", {
    ...QUESTION,
    title: "List apps",
    words: ["apps", "applications", "software", "programs", "refresh"],
    summary: "Asks which apps are installed, with versions and sizes.",
    parameters: {
      Identifiers: "Only these apps.",
      "Identifiers[]": "A bundle identifier; for an app on a watch, that of the watch app.",
      ManagedAppsOnly: "Only apps that this server manages by commands.",
      Items: "Only these facts of each app; the identifier always comes along. Sizes cost the device time and power.",
      "Items[]": "A key of the answer.",
    },
  }),
  makeSpec("CertificateList", {
    ...QUESTION,
    title: "List certificates",
    words: ["certificates", "identities", "refresh"],
    summary: "Asks which certificates are installed. An iPhone that was not unlocked since it started answers later.",
    parameters: { ManagedOnly: "Only certificates that management installed. In a User Enrollment it is always so." },
  }),
  makeSpec("ProvisioningProfileList", {
    ...QUESTION,
    title: "List provisioning profiles",
    words: ["provisioning", "in-house apps", "developer", "refresh"],
    summary: "Asks which provisioning profiles are installed and when they expire.",
    parameters: { ManagedOnly: "Only those that management installed." },
  }),
  makeSpec("Restrictions", {
    ...QUESTION,
    title: "List restrictions",
    words: ["restrictions", "limits", "not allowed", "parental controls", "refresh"],
    summary: "Asks which restrictions hold on the device, all sources taken together.",
    parameters: { ProfileRestrictions: "Also tells what each profile restricts." },
  }),
  makeSpec("ContentCachingInformation", {
    ...QUESTION,
    title: "Content caching",
    words: ["content cache", "caching server", "update cache", "bandwidth"],
    summary: "Asks a Mac how its content cache is doing: size, peers, what was served.",
  }),
  makeSpec("LOMSetupRequest", {
    ...QUESTION,
    title: "Lights-out addresses",
    words: ["lights out", "lom", "power on", "ipv6"],
    summary: "Asks a Mac for the addresses under which another Mac can switch it on and off.",
  }),
  makeSpec("LOMDeviceRequest", {
    title: "Lights-out control",
    words: ["lights out", "lom", "power on", "power off", "reset", "wake"],
    summary: "Has a Mac switch other Macs of its network on or off. Both need the Lights Out Management payload.",
    group: "Power",
    parameters: {
      RequestList: "One entry for each Mac to control.",
      "RequestList[]": "A Mac to control.",
      "RequestList[].DeviceRequestType": "What to do: switch on, switch off, or reset.",
      "RequestList[].DeviceRequestUUID": "Names this entry in the answer.",
      "RequestList[].DeviceDNSName": "The name in the lights-out identity of the Mac to control.",
      "RequestList[].PrimaryIPv6AddressList": "As it told when asked for its lights-out addresses.",
      "RequestList[].PrimaryIPv6AddressList[]": "An address.",
      "RequestList[].SecondaryIPv6AddressList[]": "An address.",
      "RequestList[].SecondaryIPv6AddressList": { min: 0, help: "As it told when asked for its lights-out addresses." },
      "RequestList[].LOMProtocolVersion": "As it told when asked for its lights-out addresses.",
    },
  }),
  makeSpec("RequestUnlockToken", {
    ...QUESTION,
    title: "Ask for the unlock token",
    words: ["unlock token", "passcode reset"],
    summary: "Asked iPhones of long ago for the token that clears a passcode. Today it comes by itself at enrollment.",
    group: "Security",
  }),
];
