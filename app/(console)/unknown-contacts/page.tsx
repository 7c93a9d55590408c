import type { Metadata } from "next";
import { UnknownContacts } from "@/components/contacts/unknown-contacts";
import { adminPage } from "@/lib/http/admin-page";

export const metadata: Metadata = { title: "Unknown contacts" };

export default async function UnknownContactsPage() {
  await adminPage("device:read");
  return <UnknownContacts />;
}
