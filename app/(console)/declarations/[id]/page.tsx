import type { Metadata } from "next";
import { DeclarationScreen } from "@/components/declarations/declaration-screen";
import { adminPage } from "@/lib/http/admin-page";

export const metadata: Metadata = { title: "Declaration" };

export default async function DeclarationPage({ params }: { params: Promise<{ id: string }> }) {
  await adminPage("device:read");
  return <DeclarationScreen id={(await params).id} />;
}
