import type { Metadata } from "next";
import { ProfileList } from "@/components/profiles/profile-list";
import { adminPage } from "@/lib/http/admin-page";

export const metadata: Metadata = { title: "Profiles" };

export default async function ProfilesPage() {
  await adminPage("device:read");
  return <ProfileList />;
}
