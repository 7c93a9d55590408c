import type { Metadata } from "next";
import { RestoreList } from "@/components/restores/restore-list";
import { adminPage } from "@/lib/http/admin-page";

export const metadata: Metadata = { title: "Restores" };

export default async function RestoresPage() {
  await adminPage("device:read");
  return <RestoreList />;
}
