import type { Metadata } from "next";
import { CertificatesPage } from "@/components/identities/certificates-page";
import { adminPage } from "@/lib/http/admin-page";

export const metadata: Metadata = { title: "Certificates" };

export default async function Certificates() {
  await adminPage("device:read");
  return <CertificatesPage />;
}
