import type { Metadata } from "next";
import { headers } from "next/headers";
import { EnrollPage } from "@/components/enrollment/enroll-page";
import { EnrollRefused } from "@/components/enrollment/enroll-refused";
import { chosenVisitor, needsSafari } from "@/components/enrollment/visitor";
import { enrollmentPage } from "@/lib/http/enroll-page";

export const metadata: Metadata = { title: { absolute: "Enroll your device" }, referrer: "no-referrer" };

interface Props {
  params: Promise<{ token: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

export default async function EnrollTokenPage({ params, searchParams }: Props) {
  const page = await enrollmentPage((await params).token);
  // Not notFound(): Next shows that page by script alone, and this one must be readable without.
  if (page === null) return <EnrollRefused reason="unknown" organization={null} />;
  if (page.state !== "usable") return <EnrollRefused reason={page.state} organization={page.organization} />;
  const userAgent = (await headers()).get("user-agent") ?? "";
  const visitor = chosenVisitor((await searchParams).device, userAgent);
  return <EnrollPage {...page} visitor={visitor} safariNeeded={needsSafari(visitor, userAgent)} />;
}
