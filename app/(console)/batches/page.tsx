import type { Metadata } from "next";
import { BatchList } from "@/components/batches/batch-list";
import { adminPage } from "@/lib/http/admin-page";

export const metadata: Metadata = { title: "Batches" };

export default async function BatchesPage() {
  await adminPage("device:read");
  return <BatchList />;
}
