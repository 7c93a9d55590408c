import type { CommandSpec } from "./command-spec";

/** Apple's schema: profile.install, profile.remove. */
export const PROFILE_COMMANDS: readonly CommandSpec[] = [
  {
    requestType: "InstallProfile",
    title: "Install profile",
    words: ["add profile", "configuration", "mobileconfig", "wi-fi", "settings", "restrictions"],
    summary: "Installs a configuration profile. One with the same identifier that is already there is replaced.",
    group: "Profiles",
    danger: "confirm",
    neverDeferred: false,
    query: false,
    rank: 2,
    parameters: [
      {
        name: "Payload",
        type: "data",
        required: true,
        min: 1,
        secret: true,
        help: "The .mobileconfig file. It may be signed, and encrypted for an identity that is on the device.",
      },
    ],
  },
  {
    requestType: "RemoveProfile",
    title: "Remove profile",
    words: ["delete profile", "uninstall profile", "configuration", "mobileconfig"],
    summary: "Removes a configuration profile that this server installed, with everything it set.",
    group: "Profiles",
    danger: "confirm",
    neverDeferred: false,
    query: false,
    rank: 2,
    parameters: [
      {
        name: "Identifier",
        type: "string",
        required: true,
        min: 1,
        help: "The PayloadIdentifier of the whole profile, as the profile list shows it.",
      },
    ],
  },
];
