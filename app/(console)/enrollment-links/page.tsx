import type { Metadata } from "next";
import { LinkList } from "@/components/enrollment/link-list";
import { adminPage } from "@/lib/http/admin-page";

export const metadata: Metadata = { title: "Enrollment links" };

export default async function EnrollmentLinksPage() {
  await adminPage("link:read");
  return <LinkList />;
}
