import type { Metadata } from "next";
import { LinkScreen } from "@/components/enrollment/link-screen";
import { adminPage } from "@/lib/http/admin-page";

export const metadata: Metadata = { title: "Enrollment link" };

export default async function EnrollmentLinkPage({ params }: { params: Promise<{ id: string }> }) {
  await adminPage("link:read");
  return <LinkScreen id={(await params).id} />;
}
