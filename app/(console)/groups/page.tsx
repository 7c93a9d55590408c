import type { Metadata } from "next";
import { GroupList } from "@/components/groups/group-list";
import { adminPage } from "@/lib/http/admin-page";

export const metadata: Metadata = { title: "Groups" };

export default async function GroupsPage() {
  await adminPage("device:read");
  return <GroupList />;
}
