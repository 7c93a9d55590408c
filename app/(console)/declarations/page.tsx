import type { Metadata } from "next";
import { DeclarationList } from "@/components/declarations/declaration-list";
import { adminPage } from "@/lib/http/admin-page";

export const metadata: Metadata = { title: "Declarations" };

export default async function DeclarationsPage() {
  await adminPage("device:read");
  return <DeclarationList />;
}
