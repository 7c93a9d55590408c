import type { Metadata } from "next";
import { DeviceList } from "@/components/devices/device-list";
import { adminPage } from "@/lib/http/admin-page";

export const metadata: Metadata = { title: "Devices" };

export default async function DevicesPage() {
  await adminPage("device:read");
  return <DeviceList />;
}
