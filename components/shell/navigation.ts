import { Bell, FileClock, KeyRound, LayoutDashboard, Link2, MonitorSmartphone, ShieldQuestion, type LucideIcon } from "lucide-react";

export interface Place {
  href: string;
  label: string;
  icon: LucideIcon;
  /** Places of the same group stand together. */
  group: "fleet" | "server";
}

export const PLACES: readonly Place[] = [
  { href: "/", label: "Overview", icon: LayoutDashboard, group: "fleet" },
  { href: "/devices", label: "Devices", icon: MonitorSmartphone, group: "fleet" },
  { href: "/enrollment-links", label: "Enrollment links", icon: Link2, group: "fleet" },
  { href: "/push-certificate", label: "Push certificate", icon: Bell, group: "server" },
  { href: "/unknown-contacts", label: "Unknown contacts", icon: ShieldQuestion, group: "server" },
  { href: "/audit-log", label: "Audit log", icon: FileClock, group: "server" },
  { href: "/api-tokens", label: "API tokens", icon: KeyRound, group: "server" },
];

/** Is this place the one in sight, or above it? */
export function isCurrent(place: Place, pathname: string): boolean {
  return place.href === "/" ? pathname === "/" : pathname === place.href || pathname.startsWith(`${place.href}/`);
}
