import { Glasses, Laptop, type LucideIcon, MonitorSmartphone, Smartphone, Tablet, Tv, Watch } from "lucide-react";
import type { Platform } from "@/lib/contracts/words";

const ICONS: Record<Platform, LucideIcon> = {
  ios: Smartphone,
  ipados: Tablet,
  macos: Laptop,
  tvos: Tv,
  watchos: Watch,
  visionos: Glasses,
  unknown: MonitorSmartphone,
};

/** The shape of the device; the platform's name always stands near it in words. */
export function PlatformIcon({ platform, className }: { platform: Platform; className?: string }) {
  const Icon = ICONS[platform];
  return <Icon aria-hidden className={className} />;
}
