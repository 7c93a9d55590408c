import type { CommandSpec } from "./command-spec";
import { makeSpec } from "./make-spec";
import { neededBy } from "./rules";

const PASSWORD_HASH = "A property list with the SALTED-SHA512-PBKDF2 hash: entropy, iterations, salt.";

/** Apple's schema: user.*. */
export const USER_COMMANDS: readonly CommandSpec[] = [
  makeSpec("UserList", {
    title: "List users",
    words: ["users", "accounts", "shared ipad", "refresh"],
    summary: "Asks which users the Shared iPad or Mac has.",
    group: "Users",
    query: true,
  }),
  makeSpec("DeleteUser", {
    title: "Delete user",
    words: ["remove user", "delete account", "shared ipad"],
    summary: "Deletes a user with all data from a Shared iPad or a Mac.",
    group: "Users",
    danger: "serial",
    parameters: {
      UserName: "The short name. Needed unless all users are deleted.",
      ForceDeletion: "Also where data still waits to be synchronized; it is lost.",
      DeleteAllUsers: "Deletes every user.",
    },
    rules: [({ UserName, DeleteAllUsers }) => (UserName === undefined && DeleteAllUsers !== true ? { pointer: "/UserName", detail: "is required unless DeleteAllUsers is true" } : null)],
  }),
  makeSpec("LogOutUser", {
    title: "Log out user",
    words: ["log out", "sign out", "shared ipad"],
    summary: "Logs the user of a Shared iPad out. The device cannot be reached for up to two minutes after it.",
    group: "Users",
  }),
  makeSpec("UnlockUserAccount", {
    title: "Unlock account",
    words: ["unlock", "account", "failed password", "locked out"],
    summary: "Opens a local account of a Mac that was locked by too many wrong passwords.",
    group: "Users",
    parameters: { UserName: "The short name of the account." },
  }),
  makeSpec("UserConfigured", {
    title: "Finish user setup",
    words: ["setup assistant", "release", "shared ipad", "awaiting configuration"],
    summary: "Lets a user of a Shared iPad go on who waits for his configuration.",
    group: "Setup",
    rank: 1,
  }),
  makeSpec("AccountConfiguration", {
    title: "Configure Mac accounts",
    words: ["admin account", "local account", "setup assistant", "primary account"],
    summary: "Prepares the accounts of a Mac that waits in Setup Assistant: the user's own, and a hidden administrator.",
    group: "Setup",
    parameters: {
      SkipPrimarySetupAccountCreation: "Setup Assistant makes no account; needs an administrator account.",
      SetPrimarySetupAccountAsRegularUser: "The user's account is no administrator; needs an administrator account.",
      PrimaryAccountFullName: "Filled in as the full name.",
      PrimaryAccountUserName: "Filled in as the account name.",
      DontAutoPopulatePrimaryAccountInfo: "Does not fill in the names.",
      LockPrimaryAccountInfo: "The names filled in cannot be changed.",
      AutoSetupAdminAccounts: "The administrator account to make; only the first counts.",
      "AutoSetupAdminAccounts[]": "An administrator account.",
      "AutoSetupAdminAccounts[].shortName": "The account name.",
      "AutoSetupAdminAccounts[].fullName": "The full name; left out, the account name.",
      "AutoSetupAdminAccounts[].passwordHash": PASSWORD_HASH,
      "AutoSetupAdminAccounts[].hidden": "Not shown in the login window nor in the settings.",
      ManagedLocalUserShortName: "The account that gets the user channel.",
    },
    rules: [neededBy("AutoSetupAdminAccounts", "SkipPrimarySetupAccountCreation"), neededBy("AutoSetupAdminAccounts", "SetPrimarySetupAccountAsRegularUser")],
  }),
  makeSpec("SetAutoAdminPassword", {
    title: "Set administrator password",
    words: ["admin password", "local admin", "laps", "change password"],
    summary: "Gives the administrator account that management made at setup a new password.",
    group: "Users",
    parameters: { GUID: "The account, as the device information tells it under AutoSetupAdminAccounts.", passwordHash: PASSWORD_HASH },
  }),
];

/** Apple's schema: system.update.*. All of them end with the 27 systems; declarations update those. */
export const UPDATE_COMMANDS: readonly CommandSpec[] = [
  makeSpec("AvailableOSUpdates", {
    title: "List updates",
    words: ["updates", "software update", "os version", "refresh"],
    summary: "Asks which system updates the device could install. A Mac needs a scan first. Not on the 27 systems.",
    group: "Updates",
    query: true,
  }),
  makeSpec("OSUpdateStatus", {
    title: "Update progress",
    words: ["updates", "software update", "download", "progress"],
    summary: "Asks how far a system update is. Not on the 27 systems.",
    group: "Updates",
    query: true,
  }),
  makeSpec("ScheduleOSUpdateScan", {
    title: "Scan for updates",
    words: ["updates", "software update", "check for updates"],
    summary: "Has a Mac look for system updates. Not on the 27 systems.",
    group: "Updates",
    danger: "none",
    parameters: { Force: "Looks at once, not when it suits the Mac." },
  }),
  makeSpec("ScheduleOSUpdate", {
    title: "Update system",
    words: ["update", "upgrade", "software update", "install update", "patch"],
    summary: "Downloads or installs a system update. Not on the 27 systems, where declarations do it.",
    group: "Updates",
    parameters: {
      Updates: "Which updates.",
      "Updates[]": "An update.",
      "Updates[].ProductKey": "The update, as the list of updates names it. Needed unless there is a version.",
      "Updates[].ProductVersion": "The version to get. Needed unless there is a product key.",
      "Updates[].InstallAction": {
        help: "What to do with it.",
        valueHelp: {
          Default: "Downloads or installs, whichever comes next.",
          DownloadOnly: "Only downloads.",
          InstallASAP: "Installs what was downloaded as soon as it can.",
          NotifyOnly: "Downloads and tells the user.",
          InstallLater: "Downloads and installs later.",
          InstallForceRestart: "Downloads, installs and restarts, even when work is lost.",
        },
      },
      "Updates[].MaxUserDeferrals": { min: 0, help: "How often the user may put it off; only with InstallLater." },
      "Updates[].Priority": "How hard the Mac works at it.",
    },
    rules: [
      ({ Updates }) => {
        const index = Array.isArray(Updates) ? Updates.findIndex((update) => typeof update === "object" && !("ProductKey" in update) && !("ProductVersion" in update)) : -1;
        return index < 0 ? null : { pointer: `/Updates/${index}`, detail: "must hold ProductKey or ProductVersion" };
      },
    ],
  }),
];
