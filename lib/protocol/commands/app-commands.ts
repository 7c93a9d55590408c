import { appAttributes, BUNDLE_IDENTIFIER } from "./app-words";
import type { CommandSpec } from "./command-spec";
import { makeSpec } from "./make-spec";
import { exactlyOne, onlyWith } from "./rules";

const QUESTION = { group: "Apps", query: true } as const;
const HTTPS = { pattern: "[hH][tT][tT][pP][sS]:.+", patternHelp: "an https: address" } as const;
const AS_MANAGED = "Installs it as a managed app. Sent again without, a managed app becomes an ordinary one.";
const TAKE_OVER = "Takes over an app that the user has installed already.";

/** Apple's schema: application.*, managed.application.*. */
export const APP_COMMANDS: readonly CommandSpec[] = [
  makeSpec("InstallApplication", {
    title: "Install app",
    words: ["app", "app store", "vpp", "application", "software", "deploy"],
    summary: "Installs an app from the App Store or from a manifest. Acknowledged means accepted: the list of managed apps tells how it ends.",
    group: "Apps",
    parameters: {
      iTunesStoreID: { min: 1, help: "The number of the app in the App Store. One of number, identifier and manifest is needed." },
      Identifier: BUNDLE_IDENTIFIER,
      Options: "How the app was bought.",
      "Options.PurchaseMethod": { help: "How the app was bought.", valueHelp: { 0: "Free, or with a redemption code.", 1: "Assigned in Apple Business or School Manager." } },
      ManifestURL: { ...HTTPS, help: "Where the manifest of an in-house app is." },
      ManagementFlags: {
        help: "What happens to the app's data.",
        valueHelp: { 1: "Removes the app when management ends.", 4: "Keeps the app's data out of backups.", 5: "Both." },
      },
      Configuration: "Managed app configuration: keys and values as the app's maker describes them.",
      Attributes: "How the managed app behaves.",
      ...appAttributes("Attributes"),
      ChangeManagementState: TAKE_OVER,
      InstallAsManaged: AS_MANAGED,
      iOSApp: "The app is one for iPhone or iPad that runs on a Mac with Apple silicon.",
    },
    rules: [exactlyOne(["iTunesStoreID", "Identifier", "ManifestURL"])],
  }),
  makeSpec("InstallEnterpriseApplication", {
    title: "Install package",
    words: ["pkg", "package", "in-house", "enterprise app", "software", "deploy"],
    summary: "Installs a package on a Mac from a manifest. The Mac acknowledges before it downloads.",
    group: "Apps",
    parameters: {
      Manifest: "The manifest itself: items with the address and hashes of the package.",
      ManifestURL: { ...HTTPS, help: "Where the manifest is." },
      ManifestURLPinningCerts: "Certificates (DER) that the manifest's server must show.",
      "ManifestURLPinningCerts[]": "A certificate (DER).",
      PinningRevocationCheckRequired: "Pinned certificates must be shown not to be revoked.",
      InstallAsManaged: AS_MANAGED,
      ManagementFlags: { help: "What happens to the app.", valueHelp: { 1: "Removes the app when management ends." } },
      Configuration: "Managed app configuration: keys and values as the app's maker describes them.",
      ChangeManagementState: TAKE_OVER,
      iOSApp: "The app is one for iPhone or iPad that runs on a Mac with Apple silicon.",
    },
    rules: [exactlyOne(["Manifest", "ManifestURL"]), onlyWith("ManifestURLPinningCerts", "ManifestURL"), onlyWith("PinningRevocationCheckRequired", "ManifestURLPinningCerts")],
  }),
  makeSpec("RemoveApplication", {
    title: "Remove app",
    words: ["delete app", "uninstall", "application", "software"],
    summary: "Removes a managed app with all its data.",
    group: "Apps",
    parameters: { Identifier: BUNDLE_IDENTIFIER },
  }),
  makeSpec("ValidateApplications", {
    title: "Validate apps",
    words: ["verify apps", "trust", "in-house apps", "enterprise"],
    summary: "Has the device check with Apple that its in-house apps may still run.",
    group: "Apps",
    danger: "none",
    parameters: { Identifiers: "Only these apps. Left out, all.", "Identifiers[]": BUNDLE_IDENTIFIER },
  }),
  makeSpec("ApplyRedemptionCode", {
    title: "Redeem code",
    words: ["redemption", "code", "vpp", "buy", "app store"],
    summary: "Redeems a code for an app that waits for one.",
    group: "Apps",
    parameters: { Identifier: BUNDLE_IDENTIFIER, RedemptionCode: "The code to redeem." },
  }),
  makeSpec("InviteToProgram", {
    title: "Invite to app program",
    words: ["vpp", "volume purchase", "invitation", "apps and books"],
    summary: "Invites the user to get apps and books that the organization has bought.",
    group: "Apps",
    parameters: {
      ProgramID: { default: "com.apple.cloudvpp", help: "The program; there is one." },
      InvitationURL: "The address from the invitation.",
    },
  }),
  makeSpec("ManagedApplicationList", {
    ...QUESTION,
    title: "List managed apps",
    words: ["managed apps", "app status", "install status", "refresh"],
    summary: "Asks how far managed apps are: installing, managed, rejected. Some states are told only once.",
    parameters: { Identifiers: "Only these apps.", "Identifiers[]": BUNDLE_IDENTIFIER },
  }),
  makeSpec("ManagedApplicationAttributes", {
    ...QUESTION,
    title: "Read app attributes",
    words: ["managed apps", "per-app vpn", "attributes"],
    summary: "Asks for the attributes of managed apps, such as their VPN.",
    parameters: { Identifiers: "Which apps.", "Identifiers[]": BUNDLE_IDENTIFIER },
  }),
  makeSpec("ManagedApplicationConfiguration", {
    ...QUESTION,
    title: "Read app configuration",
    words: ["managed apps", "app config", "configuration"],
    summary: "Asks for the configuration that managed apps were given.",
    parameters: { Identifiers: "Which apps.", "Identifiers[]": BUNDLE_IDENTIFIER },
  }),
  makeSpec("ManagedApplicationFeedback", {
    title: "Read app feedback",
    words: ["managed apps", "feedback"],
    summary: "Asks for what managed apps have left for the server.",
    group: "Apps",
    danger: "none",
    parameters: { Identifiers: "Which apps.", "Identifiers[]": BUNDLE_IDENTIFIER, DeleteFeedback: "Deletes it on the device once it is read." },
  }),
  makeSpec("NSExtensionMappings", {
    ...QUESTION,
    title: "List extensions",
    words: ["extensions", "plug-ins", "safari", "finder"],
    summary: "Asks which app extensions are installed for a user of a Mac.",
  }),
  makeSpec("ActiveNSExtensions", {
    ...QUESTION,
    title: "List active extensions",
    words: ["extensions", "plug-ins", "safari", "finder"],
    summary: "Asks which app extensions are switched on for a user of a Mac.",
    parameters: { FilterExtensionPoints: "Only extensions at these places.", "FilterExtensionPoints[]": "An extension point, such as com.apple.share-services." },
  }),
];

/** Apple's schema: media.*. */
export const BOOK_COMMANDS: readonly CommandSpec[] = [
  makeSpec("InstallMedia", {
    title: "Install book",
    words: ["book", "epub", "pdf", "ibooks", "media"],
    summary: "Installs a book from Apple Books or from an address.",
    group: "Books",
    parameters: {
      iTunesStoreID: { min: 1, help: "The number of the book in Apple Books. Either this or an address is needed." },
      MediaURL: "Where the book is.",
      MediaType: { default: "Book", help: "The kind of media; there is one." },
      PersistentID: "Names the book, in reverse-DNS form; a later version under it replaces the book.",
      Kind: "The file format. Left out, the end of the address tells it.",
      Version: "The version of the book.",
      Author: "Who wrote it.",
      Title: "The title of the book.",
    },
    rules: [exactlyOne(["iTunesStoreID", "MediaURL"])],
  }),
  makeSpec("ManagedMediaList", {
    title: "List managed books",
    words: ["books", "media", "refresh"],
    summary: "Asks which books management installed, and how far they are.",
    group: "Books",
    query: true,
  }),
  makeSpec("RemoveMedia", {
    title: "Remove book",
    words: ["book", "delete book", "media"],
    summary: "Removes a managed book. One that is not there is no error.",
    group: "Books",
    parameters: {
      MediaType: { default: "Book", help: "The kind of media; there is one." },
      iTunesStoreID: "The number of the book in Apple Books.",
      PersistentID: "The name it was installed under.",
    },
  }),
];
