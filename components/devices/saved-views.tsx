"use client";

import { useQuery } from "@tanstack/react-query";
import { Bookmark, X } from "lucide-react";
import dynamic from "next/dynamic";
import Link from "next/link";
import { useState } from "react";
import { toast } from "@/components/ui/toast";
import { Button } from "@/components/ui/button";
import { classNames } from "@/components/ui/class-names";
import { asProblem } from "@/lib/client/api-problem";
import { useDeleteView } from "@/lib/client/mutations/saved-views";
import type { DeviceView } from "@/lib/client/queries/devices";
import { savedViewQueries } from "@/lib/client/queries/saved-views";
import { usePermission } from "@/lib/client/use-permission";
import type { SavedViewDto } from "@/lib/contracts/saved-views";
import { countWords } from "./count-words";
import { DEFAULT_ORDER, viewHref } from "./view-href";

const SaveViewDialog = dynamic(() => import("./save-view-dialog").then((module) => module.SaveViewDialog), { ssr: false });

/** The views of everybody with how many devices they hold; those of the product only where there is something to see. */
export function SavedViews({ view }: { view: DeviceView }) {
  const [saving, setSaving] = useState(false);
  const { data } = useQuery(savedViewQueries.list());
  const mayWrite = usePermission("view:write");
  const here = viewHref(view.filter);
  const views = (data?.items ?? []).filter((each) => !each.builtIn || each.count.total > 0 || viewHref(each.filter) === here);
  const unsaved = Object.keys(view.filter).length > 0 && !views.some((each) => viewHref(each.filter) === here);
  return (
    <nav aria-label="Views" className="mb-4 flex min-h-8 items-center gap-1.5 overflow-x-auto">
      <ViewLink href="/devices" name="All devices" current={here === "/devices"} />
      {views.map((each) => (
        <ViewItem key={each.id} view={each} current={viewHref(each.filter) === here} mayDelete={mayWrite && !each.builtIn} />
      ))}
      {unsaved && mayWrite && (
        <Button look="quiet" size="small" onClick={() => setSaving(true)}>
          <Bookmark aria-hidden />
          Save this view
        </Button>
      )}
      {saving && <SaveViewDialog filter={view.filter} sort={view.sort === DEFAULT_ORDER ? null : view.sort} onClose={() => setSaving(false)} />}
    </nav>
  );
}

function ViewItem({ view, current, mayDelete }: { view: SavedViewDto; current: boolean; mayDelete: boolean }) {
  const remove = useDeleteView();
  const onError = (error: unknown): void => toast.error(asProblem(error).title);
  return (
    <span className="inline-flex shrink-0 items-center">
      <ViewLink href={viewHref(view.filter, view.sort)} name={view.name} count={countWords(view.count)} current={current} />
      {current && mayDelete && (
        <Button look="quiet" size="small-icon" aria-label={`Delete the view ${view.name}`} title="Delete this view for everybody" busy={remove.isPending} onClick={() => remove.mutate(view.id, { onError })}>
          {!remove.isPending && <X aria-hidden />}
        </Button>
      )}
    </span>
  );
}

function ViewLink({ href, name, count, current }: { href: string; name: string; count?: string; current: boolean }) {
  return (
    <Link
      href={href}
      aria-current={current ? "page" : undefined}
      className={classNames(
        "inline-flex h-8 shrink-0 items-center gap-1.5 rounded-full border px-3 text-xs font-medium whitespace-nowrap",
        current ? "border-line-strong bg-sunken text-ink" : "border-line text-ink-soft hover:bg-hover hover:text-ink",
      )}
    >
      {name}
      {count !== undefined && <span className="font-normal text-ink-faint tabular-nums">{count}</span>}
    </Link>
  );
}
