import type { Metadata } from "next";
import { TokenList } from "@/components/accounts/token-list";
import { adminPage } from "@/lib/http/admin-page";

export const metadata: Metadata = { title: "API tokens" };

export default async function ApiTokensPage() {
  await adminPage("token:manage");
  return <TokenList />;
}
