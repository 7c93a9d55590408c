import type { Metadata } from "next";
import { AdePage } from "@/components/ade/ade-page";
import { adminPage } from "@/lib/http/admin-page";

export const metadata: Metadata = { title: "Automated enrollment" };

export default async function AutomatedEnrollmentPage() {
  await adminPage("device:read");
  return <AdePage />;
}
