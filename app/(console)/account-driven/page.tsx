import type { Metadata } from "next";
import { AccountList } from "@/components/account-driven/account-list";
import { adminPage } from "@/lib/http/admin-page";

export const metadata: Metadata = { title: "Account-driven enrollment" };

export default async function AccountDrivenPage() {
  await adminPage("link:read");
  return <AccountList />;
}
