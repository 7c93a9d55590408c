import type { Metadata } from "next";
import { GroupScreen } from "@/components/groups/group-screen";
import { adminPage } from "@/lib/http/admin-page";

export const metadata: Metadata = { title: "Group" };

export default async function GroupPage({ params }: { params: Promise<{ id: string }> }) {
  await adminPage("device:read");
  return <GroupScreen id={(await params).id} />;
}
