import type { Metadata } from "next";
import { FleetCommands } from "@/components/commands/fleet-commands";
import { adminPage } from "@/lib/http/admin-page";

export const metadata: Metadata = { title: "Commands" };

export default async function CommandsPage() {
  await adminPage("device:read");
  return <FleetCommands />;
}
