"use client";

import { useInfiniteQuery } from "@tanstack/react-query";
import { Link2, Plus } from "lucide-react";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { PageHeader } from "@/components/ui/page-header";
import { PagedList } from "@/components/ui/paged-list";
import { linkQueries } from "@/lib/client/queries/enrollment-links";
import { usePermission } from "@/lib/client/use-permission";
import type { EnrollmentLinkDto } from "@/lib/contracts/enrollment-links";
import { CreateLinkDialog } from "./create-link-dialog";
import { LinkDialog } from "./link-dialog";
import { LinkTable } from "./link-table";

/** The links that hand out enrollment profiles. */
export function LinkList() {
  const [creating, setCreating] = useState(false);
  const [made, setMade] = useState<EnrollmentLinkDto | null>(null);
  const allowed = usePermission("link:write");
  const list = useInfiniteQuery(linkQueries.list());
  const create = (
    <Button look="primary" disabled={!allowed} title={allowed ? undefined : "Needs the role Operator"} onClick={() => setCreating(true)}>
      <Plus aria-hidden />
      Create link
    </Button>
  );
  return (
    <>
      <PageHeader title="Enrollment links" intro="Open a link on a device to enroll it. Whoever has the link can use it until it ends." actions={create} />
      <PagedList
        list={list}
        loading="Loading links"
        empty={
          <EmptyState icon={Link2} title="No link yet" action={create}>
            A link gives each device its own enrollment profile. Send it, print its QR code, or open it on the device.
          </EmptyState>
        }
      >
        {(links) => <LinkTable links={links} />}
      </PagedList>
      <CreateLinkDialog
        open={creating}
        onOpenChange={setCreating}
        onCreated={(link) => {
          setCreating(false);
          setMade(link);
        }}
      />
      <LinkDialog link={made} onClose={() => setMade(null)} />
    </>
  );
}
