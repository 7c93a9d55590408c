import type { LivedIn } from "./lived-in";

interface ConsolePage {
  /** In app/. */
  file: string;
  /** Where it is looked at. */
  paths: (things: LivedIn) => string[];
}

const DEVICE_TABS = ["commands", "activity", "channels", "profiles", "declarations", "apps", "certificates", "security", "inventory", "push", "protocol"];

/** Every page there is, with the addresses at which tests and pictures look at it. */
export const CONSOLE_PAGES: readonly ConsolePage[] = [
  { file: "(console)/page.tsx", paths: () => ["/"] },
  { file: "(console)/getting-started/page.tsx", paths: () => ["/getting-started"] },
  { file: "(console)/devices/page.tsx", paths: () => ["/devices", "/devices?state=enrolled&platform=ios%2Cipados&query=nothing-is-called-that"] },
  { file: "(console)/devices/[id]/page.tsx", paths: ({ mac, phone, restored, quarantined }) => [`/devices/${mac}`, ...DEVICE_TABS.map((tab) => `/devices/${mac}?tab=${tab}`), `/devices/${phone}?tab=push`, `/devices/${restored}`, `/devices/${quarantined}`] },
  { file: "(console)/groups/page.tsx", paths: () => ["/groups"] },
  { file: "(console)/groups/[id]/page.tsx", paths: ({ group }) => [`/groups/${group}`] },
  { file: "(console)/declarations/page.tsx", paths: () => ["/declarations"] },
  { file: "(console)/declarations/[id]/page.tsx", paths: ({ declaration }) => [`/declarations/${declaration}`] },
  { file: "(console)/profiles/page.tsx", paths: () => ["/profiles"] },
  { file: "(console)/profiles/[id]/page.tsx", paths: ({ profile }) => ["overview", "payloads", "assignment", "devices", "versions"].map((tab) => `/profiles/${profile}?tab=${tab}`) },
  { file: "(console)/commands/page.tsx", paths: () => ["/commands", "/commands?state=failed", "/commands?state=expired"] },
  { file: "(console)/activity/page.tsx", paths: () => ["/activity", "/activity?about=pushes-failed"] },
  { file: "(console)/batches/page.tsx", paths: () => ["/batches"] },
  { file: "(console)/batches/[id]/page.tsx", paths: ({ batch }) => [`/batches/${batch}`] },
  { file: "(console)/enrollment-links/page.tsx", paths: () => ["/enrollment-links"] },
  { file: "(console)/enrollment-links/[id]/page.tsx", paths: ({ link }) => [`/enrollment-links/${link}`] },
  { file: "(console)/ade/page.tsx", paths: () => ["/ade", "/ade?tab=configurations", "/ade?tab=servers"] },
  { file: "(console)/account-driven/page.tsx", paths: () => ["/account-driven"] },
  { file: "(console)/account-driven/[id]/page.tsx", paths: ({ accountConfiguration }) => [`/account-driven/${accountConfiguration}`] },
  { file: "(console)/admissions/page.tsx", paths: () => ["/admissions"] },
  { file: "(console)/restores/page.tsx", paths: () => ["/restores"] },
  { file: "(console)/push-certificate/page.tsx", paths: () => ["/push-certificate"] },
  { file: "(console)/certificates/page.tsx", paths: () => ["/certificates"] },
  { file: "(console)/unknown-contacts/page.tsx", paths: () => ["/unknown-contacts"] },
  { file: "(console)/audit-log/page.tsx", paths: () => ["/audit-log"] },
  { file: "(console)/api-tokens/page.tsx", paths: () => ["/api-tokens"] },
  { file: "(console)/people/page.tsx", paths: () => ["/people"] },
  { file: "(console)/settings/page.tsx", paths: () => ["/settings"] },
  { file: "(public)/sign-in/page.tsx", paths: () => ["/sign-in"] },
  { file: "(public)/setup/page.tsx", paths: () => ["/setup"] },
  { file: "(public)/password/page.tsx", paths: ({ passwordPage }) => [passwordPage, "/password"] },
  { file: "(public)/enroll/[token]/page.tsx", paths: ({ enrollPage }) => [enrollPage, "/enroll/nonsense"] },
  { file: "(public)/account/[id]/sign-in/page.tsx", paths: ({ accountConfiguration }) => [`/account/${accountConfiguration}/sign-in`, "/account/nonsense/sign-in"] },
  { file: "not-found.tsx", paths: () => ["/nonsense"] },
];

/** Whether the page asks for a session. */
export const isOfConsole = ({ file }: ConsolePage): boolean => file.startsWith("(console)");
