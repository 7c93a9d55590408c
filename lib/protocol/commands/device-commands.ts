import type { CommandSpec } from "./command-spec";
import type { ParameterWords } from "./make-spec";
import { makeSpec } from "./make-spec";
import { needs, onlyWith } from "./rules";

function pin(help: string): ParameterWords {
  return { pattern: "[0-9]{6}", patternHelp: "6 digits", help };
}

const AT_ONCE = { group: "Security", danger: "serial", rank: 0 } as const;

/** Apple's schema: device.lock, device.erase, device.restart, device.shutdown, device.configured. */
export const DEVICE_COMMANDS: readonly CommandSpec[] = [
  makeSpec("DeviceLock", {
    ...AT_ONCE,
    title: "Lock",
    words: ["lock", "lost", "stolen", "screen lock", "find my"],
    summary: "Locks the device at once. A Mac restarts into a lock that only the PIN opens.",
    parameters: {
      PIN: pin("Unlocks the Mac again. Left out, the server makes one and keeps it."),
      Message: "Shown on the lock screen where a passcode is set. Not on Shared iPad.",
      PhoneNumber: "Shown on the lock screen beside the message; on Macs with Apple silicon only.",
    },
  }),
  makeSpec("RestartDevice", {
    title: "Restart",
    words: ["reboot", "restart", "power cycle"],
    summary: "Restarts the device. A locked iPhone or iPad does not join Wi-Fi again until somebody unlocks it. iOS and tvOS: supervised only.",
    group: "Power",
    parameters: {
      NotifyUser: "Only asks the user to restart, unless nobody is logged in.",
      RebuildKernelCache: "Rebuilds the kernel cache; the Mac may fetch its bootstrap token first.",
      KextPaths: "Kernel extensions to add to the cache; only with RebuildKernelCache.",
      "KextPaths[]": "A path on the Mac.",
    },
    rules: [onlyWith("KextPaths", "RebuildKernelCache")],
  }),
  makeSpec("ShutDownDevice", {
    title: "Shut down",
    words: ["shut down", "power off", "switch off", "turn off"],
    summary: "Switches the device off at once. Somebody has to switch it on again by hand.",
    group: "Power",
  }),
  makeSpec("DeviceConfigured", {
    title: "Finish setup",
    words: ["setup assistant", "continue", "release", "awaiting configuration", "remote management"],
    summary: "Lets a device go on that waits in Setup Assistant for its configuration.",
    group: "Setup",
    rank: 1,
  }),
  makeSpec("EraseDevice", {
    ...AT_ONCE,
    title: "Erase",
    words: ["wipe", "erase", "factory reset", "delete everything", "reset", "obliterate", "return to service"],
    summary: "Erases everything on the device at once, even while it is locked. This cannot be undone.",
    parameters: {
      PreserveDataPlan: "Keeps the eSIM with its data plan.",
      DisallowProximitySetup: "Skips setting up from a device nearby. Before iOS 14 not together with other options; not on Shared iPad.",
      PIN: pin("Locks an older Mac against use after the erase. Left out, the server makes one and keeps it."),
      ObliterationBehavior: {
        default: "Default",
        help: "What a Mac with T2 or Apple silicon does when it cannot simply erase content and settings.",
        valueHelp: {
          Default: "Reports an error, then destroys all data with the system.",
          ObliterateWithWarning: "Destroys all data with the system, reported as done.",
          DoNotObliterate: "Reports an error and stops.",
          Always: "Destroys everything without trying the gentle way.",
        },
      },
      ReturnToService: "Sets itself up and enrolls again after the erase. Activation Lock must be off.",
      "ReturnToService.Enabled": "Return to service after the erase.",
      "ReturnToService.WiFiProfileData": "A profile with the Wi-Fi to join. Needed where there is no Ethernet.",
      "ReturnToService.MDMProfileData":
        "The enrollment profile to install. Needed unless the device is supervised and came by Automated Device Enrollment.",
      "ReturnToService.BootstrapToken": "Lets the device keep its managed apps over the erase.",
      "ReturnToService.ShouldRetryEnrollment": "Tries to enroll again when the first try fails.",
    },
  }),
  makeSpec("RefreshCellularPlans", {
    title: "Load eSIM plan",
    words: ["esim", "cellular", "data plan", "carrier", "mobile plan"],
    summary: "Has the device ask its carrier for an eSIM plan.",
    group: "Setup",
    parameters: { eSIMServerURL: "The carrier's eSIM server (SM-DP+)." },
  }),
];

/** Apple's schema: device.lostmode.*. */
export const LOST_MODE_COMMANDS: readonly CommandSpec[] = [
  makeSpec("EnableLostMode", {
    title: "Turn on Lost Mode",
    words: ["lost", "stolen", "locate", "find", "missing"],
    summary: "Locks a lost iPhone or iPad with a message until Lost Mode is turned off. It can then be located.",
    group: "Lost Mode",
    danger: "serial",
    rank: 0,
    parameters: {
      Message: "Shown on the lock screen. Needed unless there is a phone number.",
      PhoneNumber: "Shown on the lock screen. Needed unless there is a message.",
      Footnote: "Shown in place of “Slide to unlock”.",
    },
    rules: [needs(["Message", "PhoneNumber"])],
  }),
  makeSpec("DisableLostMode", {
    title: "Turn off Lost Mode",
    words: ["found", "lost", "unlock"],
    summary: "Gives the device back to its user. He is told when it was located meanwhile.",
    group: "Lost Mode",
    rank: 0,
  }),
  makeSpec("DeviceLocation", {
    title: "Locate",
    words: ["location", "where", "gps", "find", "lost", "map"],
    summary: "Asks where the device is. Only in Lost Mode.",
    group: "Lost Mode",
    query: true,
  }),
  makeSpec("PlayLostModeSound", {
    title: "Play a sound",
    words: ["sound", "ring", "find", "lost", "beep"],
    summary: "Plays a sound until Lost Mode ends or somebody silences it. Only in Lost Mode.",
    group: "Lost Mode",
  }),
];
