import { Activity, Apple, BadgeCheck, Bell, Boxes, DoorOpen, FileClock, FileCog, FileJson2, History, KeyRound, LayoutDashboard, Link2, ListChecks, ListTodo, MonitorSmartphone, Settings, ShieldQuestion, SquareTerminal, UserRoundCheck, Users, type LucideIcon } from "lucide-react";

export interface Place {
  href: string;
  label: string;
  icon: LucideIcon;
  /** Places of the same group stand together. */
  group: "fleet" | "server";
  /** Only for those whose role carries it; null for all. */
  permission: string | null;
}

const PLACES: readonly Place[] = [
  { href: "/", label: "Dashboard", icon: LayoutDashboard, group: "fleet", permission: null },
  { href: "/devices", label: "Devices", icon: MonitorSmartphone, group: "fleet", permission: null },
  { href: "/groups", label: "Groups", icon: Boxes, group: "fleet", permission: null },
  { href: "/profiles", label: "Profiles", icon: FileCog, group: "fleet", permission: null },
  { href: "/declarations", label: "Declarations", icon: FileJson2, group: "fleet", permission: null },
  { href: "/commands", label: "Commands", icon: SquareTerminal, group: "fleet", permission: null },
  { href: "/batches", label: "Batches", icon: ListChecks, group: "fleet", permission: null },
  { href: "/activity", label: "Activity", icon: Activity, group: "fleet", permission: null },
  { href: "/enrollment-links", label: "Enrollment links", icon: Link2, group: "fleet", permission: null },
  { href: "/ade", label: "Automated enrollment", icon: Apple, group: "fleet", permission: null },
  { href: "/admissions", label: "Admissions", icon: DoorOpen, group: "fleet", permission: null },
  { href: "/restores", label: "Restores", icon: History, group: "fleet", permission: null },
  { href: "/getting-started", label: "Getting started", icon: ListTodo, group: "server", permission: null },
  { href: "/account-driven", label: "Account-driven", icon: UserRoundCheck, group: "fleet", permission: null },
  { href: "/push-certificate", label: "Push certificate", icon: Bell, group: "server", permission: null },
  { href: "/certificates", label: "Certificates", icon: BadgeCheck, group: "server", permission: null },
  { href: "/unknown-contacts", label: "Unknown contacts", icon: ShieldQuestion, group: "server", permission: null },
  { href: "/audit-log", label: "Audit log", icon: FileClock, group: "server", permission: null },
  { href: "/settings", label: "Settings", icon: Settings, group: "server", permission: null },
  { href: "/people", label: "People", icon: Users, group: "server", permission: "people:manage" },
  { href: "/api-tokens", label: "API tokens", icon: KeyRound, group: "server", permission: "token:manage" },
];

/** The places for somebody with these permissions. */
export function visiblePlaces(permissions: readonly string[]): readonly Place[] {
  return PLACES.filter((place) => place.permission === null || permissions.includes(place.permission));
}

/** Is this place the one in sight, or above it? */
export function isCurrent(place: Place, pathname: string): boolean {
  return place.href === "/" ? pathname === "/" : pathname === place.href || pathname.startsWith(`${place.href}/`);
}
