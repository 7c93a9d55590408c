import type { CommandSpec } from "./command-spec";
import { makeSpec } from "./make-spec";

/** Apple's schema: profile.install, profile.remove, profile.provisioning.*. */
export const PROFILE_COMMANDS: readonly CommandSpec[] = [
  makeSpec("InstallProfile", {
    title: "Install profile",
    words: ["add profile", "configuration", "mobileconfig", "wi-fi", "settings", "restrictions"],
    summary: "Installs a configuration profile. One with the same identifier that is already there is replaced.",
    group: "Profiles",
    parameters: { Payload: "The .mobileconfig file. It may be signed, and encrypted for an identity that is on the device." },
  }),
  makeSpec("RemoveProfile", {
    title: "Remove profile",
    words: ["delete profile", "uninstall profile", "configuration", "mobileconfig"],
    summary: "Removes a configuration profile that this server installed, with everything it set.",
    group: "Profiles",
    parameters: { Identifier: "The PayloadIdentifier of the whole profile, as the profile list shows it." },
  }),
  makeSpec("InstallProvisioningProfile", {
    title: "Install provisioning profile",
    words: ["provisioning", "in-house apps", "developer", "mobileprovision"],
    summary: "Installs a provisioning profile, which in-house apps need to start. One that is there already is no error.",
    group: "Profiles",
    parameters: { ProvisioningProfile: "The .mobileprovision file." },
  }),
  makeSpec("RemoveProvisioningProfile", {
    title: "Remove provisioning profile",
    words: ["provisioning", "in-house apps", "developer", "delete"],
    summary: "Removes a provisioning profile. In-house apps that need it no longer start.",
    group: "Profiles",
    parameters: { UUID: "The UUID of the provisioning profile, as their list shows it." },
  }),
];
