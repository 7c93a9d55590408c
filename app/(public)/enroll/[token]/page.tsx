import type { Metadata } from "next";
import { headers } from "next/headers";
import { notFound } from "next/navigation";
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
  if (page === null) notFound();
  if (page.state !== "usable") return <EnrollRefused reason={page.state} organization={page.organization} />;
  const userAgent = (await headers()).get("user-agent") ?? "";
  const visitor = chosenVisitor((await searchParams).device, userAgent);
  return <EnrollPage {...page} visitor={visitor} safariNeeded={needsSafari(visitor, userAgent)} />;
}
