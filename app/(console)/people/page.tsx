import type { Metadata } from "next";
import { PeopleList } from "@/components/people/people-list";
import { adminPage } from "@/lib/http/admin-page";

export const metadata: Metadata = { title: "People" };

export default async function PeoplePage() {
  await adminPage("people:manage");
  return <PeopleList />;
}
