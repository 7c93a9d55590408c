import type { Metadata } from "next";
import { BatchScreen } from "@/components/batches/batch-screen";
import { adminPage } from "@/lib/http/admin-page";

export const metadata: Metadata = { title: "Batch" };

export default async function BatchPage({ params }: { params: Promise<{ id: string }> }) {
  await adminPage("device:read");
  return <BatchScreen id={(await params).id} />;
}
