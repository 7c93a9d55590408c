import type { Metadata } from "next";
import { OverviewPage } from "@/components/overview/overview-page";
import { adminPage } from "@/lib/http/admin-page";

export const metadata: Metadata = { title: "Dashboard" };

export default async function HomePage() {
  await adminPage("device:read");
  return <OverviewPage />;
}
