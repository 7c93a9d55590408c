import type { Metadata } from "next";
import { PushCertificatePage } from "@/components/push/push-certificate-page";
import { adminPage } from "@/lib/http/admin-page";

export const metadata: Metadata = { title: "Push certificate" };

export default async function Page() {
  await adminPage("push:read");
  return <PushCertificatePage />;
}
