"use client";

import { useQuery } from "@tanstack/react-query";
import Link from "next/link";
import { groupQueries } from "@/lib/client/queries/groups";
import { counted } from "@/lib/client/text";
import type { CommandBatchDto } from "@/lib/contracts/batches";
import type { FilterField } from "@/lib/contracts/device-conditions";
import { conditionWords } from "@/lib/contracts/device-filter-words";

const LINK = "relative z-[1] rounded text-accent underline underline-offset-2";

/** Whom a batch was made for, in words. */
export function BatchTargetWords({ target }: { target: CommandBatchDto["target"] }) {
  if ("groupId" in target) return <GroupTarget id={target.groupId} />;
  if ("batchId" in target) {
    return (
      <>
        the {target.which} of{" "}
        <Link href={`/batches/${target.batchId}`} className={LINK}>
          an earlier batch
        </Link>
      </>
    );
  }
  if ("deviceIds" in target) return <>{counted(target.deviceIds.length, "chosen device")}</>;
  const conditions = (Object.keys(target.filter) as FilterField[]).map((field) => conditionWords(target.filter, field, () => "…")).filter((words) => words !== null);
  return <>{conditions.length === 0 ? "all devices" : `devices where ${conditions.map(({ field, operator, value }) => `${field.toLowerCase()} ${operator} ${value}`).join(", ")}`}</>;
}

function GroupTarget({ id }: { id: string }) {
  const { data: group, isError } = useQuery({ ...groupQueries.detail(id), retry: false });
  if (isError) return <>a group that was deleted</>;
  return (
    <>
      the group{" "}
      <Link href={`/groups/${id}`} className={LINK}>
        {group?.name ?? "…"}
      </Link>
    </>
  );
}
