import type { Metadata } from "next";
import { FleetActivity } from "@/components/events/fleet-activity";
import { adminPage } from "@/lib/http/admin-page";

export const metadata: Metadata = { title: "Activity" };

export default async function ActivityPage() {
  await adminPage("device:read");
  return <FleetActivity />;
}
