import type { Metadata } from "next";
import { GettingStarted } from "@/components/first-visit/getting-started";
import { adminPage } from "@/lib/http/admin-page";

export const metadata: Metadata = { title: "Getting started" };

export default async function GettingStartedPage() {
  await adminPage(null);
  return <GettingStarted />;
}
