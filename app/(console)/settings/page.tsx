import type { Metadata } from "next";
import { SettingsPage } from "@/components/settings/settings-page";
import { adminPage } from "@/lib/http/admin-page";

export const metadata: Metadata = { title: "Settings" };

export default async function Settings() {
  await adminPage("device:read");
  return <SettingsPage />;
}
