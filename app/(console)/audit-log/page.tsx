import type { Metadata } from "next";
import { AuditLog } from "@/components/events/audit-log";
import { adminPage } from "@/lib/http/admin-page";

export const metadata: Metadata = { title: "Audit log" };

export default async function AuditLogPage() {
  await adminPage("audit:read");
  return <AuditLog />;
}
