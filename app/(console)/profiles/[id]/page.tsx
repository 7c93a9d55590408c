import type { Metadata } from "next";
import { ProfileScreen } from "@/components/profiles/profile-screen";
import { adminPage } from "@/lib/http/admin-page";

export const metadata: Metadata = { title: "Profile" };

export default async function ProfilePage({ params }: { params: Promise<{ id: string }> }) {
  await adminPage("device:read");
  return <ProfileScreen id={(await params).id} />;
}
