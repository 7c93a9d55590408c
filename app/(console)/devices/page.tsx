import type { Metadata } from "next";
import { FleetPage } from "@/components/fleet/fleet-page";
import { adminPage } from "@/lib/http/admin-page";

export const metadata: Metadata = { title: "Devices" };

export default async function DevicesPage() {
  await adminPage("device:read");
  return <FleetPage />;
}
