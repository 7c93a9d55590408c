import type { Metadata } from "next";
import { AccountScreen } from "@/components/account-driven/account-screen";
import { adminPage } from "@/lib/http/admin-page";

export const metadata: Metadata = { title: "Account-driven enrollment" };

export default async function AccountDrivenDomainPage({ params }: { params: Promise<{ id: string }> }) {
  await adminPage("link:read");
  return <AccountScreen id={(await params).id} />;
}
