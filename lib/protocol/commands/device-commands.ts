import type { CommandSpec, ParameterSpec } from "./command-spec";

function pin(help: string): ParameterSpec {
  return { name: "PIN", type: "string", required: false, pattern: "[0-9]{6}", patternHelp: "6 digits", secret: true, help };
}

const LOCK: CommandSpec = {
  requestType: "DeviceLock",
  title: "Lock",
  words: ["lock", "lost", "stolen", "screen lock", "find my"],
  summary: "Locks the device at once. A Mac restarts into a lock that only the PIN opens.",
  group: "Security",
  danger: "serial",
  neverDeferred: true,
  query: false,
  rank: 0,
  parameters: [
    pin("Unlocks the Mac again. macOS only; Macs with Apple silicon take none."),
    {
      name: "Message",
      type: "string",
      required: false,
      min: 1,
      help: "Shown on the lock screen where a passcode is set. iOS 7, macOS 10.14 and later; not on Shared iPad.",
    },
    {
      name: "PhoneNumber",
      type: "string",
      required: false,
      min: 1,
      help: "Shown on the lock screen beside the message. iOS 7 and later; macOS 11.5 and later on Apple silicon.",
    },
  ],
};

const RETURN_TO_SERVICE: ParameterSpec = {
  name: "ReturnToService",
  type: "dictionary",
  required: false,
  help: "Sets itself up and enrolls again after the erase. iOS 17, tvOS 18 and later; Activation Lock must be off.",
  keys: [
    { name: "Enabled", type: "boolean", required: true, help: "Return to service after the erase." },
    {
      name: "WiFiProfileData",
      type: "data",
      required: false,
      min: 1,
      secret: true,
      help: "A profile with the Wi-Fi to join. Needed where there is no Ethernet.",
    },
    {
      name: "MDMProfileData",
      type: "data",
      required: false,
      min: 1,
      secret: true,
      help: "The enrollment profile to install. Needed unless the device is supervised and came by Automated Device Enrollment.",
    },
  ],
};

const ERASE: CommandSpec = {
  requestType: "EraseDevice",
  title: "Erase",
  words: ["wipe", "erase", "factory reset", "delete everything", "reset", "obliterate", "return to service"],
  summary: "Erases everything on the device at once, even while it is locked. This cannot be undone.",
  group: "Security",
  danger: "serial",
  neverDeferred: true,
  query: false,
  rank: 0,
  parameters: [
    {
      name: "PreserveDataPlan",
      type: "boolean",
      required: false,
      default: false,
      help: "Keeps the eSIM with its data plan. iOS 11, watchOS 10 and later.",
    },
    {
      name: "DisallowProximitySetup",
      type: "boolean",
      required: false,
      default: false,
      help: "Skips setting up from a device nearby. iOS 11.3 and later; before iOS 14 not together with other options; not on Shared iPad.",
    },
    pin("Locks the Mac against use after the erase. macOS only; needed where PINRequiredForEraseDevice is true."),
    {
      name: "ObliterationBehavior",
      type: "string",
      required: false,
      values: ["Default", "DoNotObliterate", "ObliterateWithWarning", "Always"],
      default: "Default",
      help:
        "What a Mac with T2 or Apple silicon does when it cannot simply erase content and settings. Default: reports an error, then destroys all " +
        "data with the system. ObliterateWithWarning: the same, reported as done. DoNotObliterate: reports an error and stops. Always: destroys " +
        "everything without trying. macOS 12 and later.",
    },
    RETURN_TO_SERVICE,
  ],
};

const RESTART: CommandSpec = {
  requestType: "RestartDevice",
  title: "Restart",
  words: ["reboot", "restart", "power cycle"],
  summary: "Restarts the device. A locked iPhone or iPad does not join Wi-Fi again until somebody unlocks it. iOS and tvOS: supervised only.",
  group: "Power",
  danger: "confirm",
  neverDeferred: false,
  query: false,
  rank: 2,
  parameters: [
    {
      name: "NotifyUser",
      type: "boolean",
      required: false,
      default: false,
      help: "Only asks the user to restart, unless nobody is logged in. macOS 11.3 and later.",
    },
    {
      name: "RebuildKernelCache",
      type: "boolean",
      required: false,
      default: false,
      help: "Rebuilds the kernel cache; the Mac may fetch its bootstrap token first. macOS 11 and later.",
    },
    {
      name: "KextPaths",
      type: "array",
      required: false,
      min: 1,
      items: { name: "KextPath", type: "string", required: true, min: 1, help: "A path on the Mac." },
      help: "Kernel extensions to add to the cache; only with RebuildKernelCache. macOS 11 and later.",
    },
  ],
};

const CONFIGURED: CommandSpec = {
  requestType: "DeviceConfigured",
  title: "Finish setup",
  words: ["setup assistant", "continue", "release", "awaiting configuration", "remote management"],
  summary: "Lets a device go on that waits in Setup Assistant for its configuration.",
  group: "Setup",
  danger: "confirm",
  neverDeferred: false,
  query: false,
  rank: 1,
  parameters: [],
};

/** Apple's schema: device.lock, device.erase, device.restart, device.configured. */
export const DEVICE_COMMANDS: readonly CommandSpec[] = [LOCK, RESTART, CONFIGURED, ERASE];
