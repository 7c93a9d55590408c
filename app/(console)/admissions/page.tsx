import type { Metadata } from "next";
import { AdmissionList } from "@/components/admissions/admission-list";
import { adminPage } from "@/lib/http/admin-page";

export const metadata: Metadata = { title: "Admissions" };

export default async function AdmissionsPage() {
  await adminPage("device:read");
  return <AdmissionList />;
}
