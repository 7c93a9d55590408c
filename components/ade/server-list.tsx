"use client";

import { MoreHorizontal, RefreshCw } from "lucide-react";
import { useState } from "react";
import { toast } from "@/components/ui/toast";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { Field } from "@/components/ui/field";
import { KeyValues, type KeyValue } from "@/components/ui/key-values";
import { Menu, MenuItem } from "@/components/ui/menu";
import { ProblemNote } from "@/components/ui/problem-note";
import { RelativeTime } from "@/components/ui/relative-time";
import { Select } from "@/components/ui/select";
import { TypedConfirmation, typedMatches } from "@/components/ui/typed-confirmation";
import { useChangeAdeServer, useDeleteAdeServer, useSyncAdeServer } from "@/lib/client/mutations/ade";
import { usePermission } from "@/lib/client/use-permission";
import type { AdeConfigurationDto, AdeServerDto } from "@/lib/contracts/ade";
import { ADE_PROBLEMS } from "@/lib/contracts/ade-words";
import { ServerWizard } from "./server-wizard";

/** The accounts that are connected, each with its token, its sync and what new devices get. */
export function ServerList({ servers, configurations }: { servers: readonly AdeServerDto[]; configurations: readonly AdeConfigurationDto[] }) {
  return (
    <div className="grid gap-6">
      {servers.map((server) => (
        <ServerCard key={server.id} server={server} configurations={configurations} />
      ))}
    </div>
  );
}

function ServerCard({ server, configurations }: { server: AdeServerDto; configurations: readonly AdeConfigurationDto[] }) {
  const [open, setOpen] = useState<"token" | "delete" | null>(null);
  const sync = useSyncAdeServer(server.id);
  const mayWrite = usePermission("link:write");
  const owner = usePermission("ade:write") ? null : "Needs the role Owner";
  const ask = (full: boolean): void => sync.mutate(full, { onSuccess: () => toast(full ? "All devices are read anew" : "Apple is asked for changes") });
  const actions = (
    <>
      <SyncBadge server={server} />
      {server.token !== null && (
        <Button size="small" busy={sync.isPending} disabled={!mayWrite} title={mayWrite ? undefined : "Needs the role Operator"} onClick={() => ask(false)}>
          <RefreshCw aria-hidden />
          Sync now
        </Button>
      )}
      <Menu
        trigger={
          <Button size="small-icon" look="quiet" aria-label={`More for ${server.name}`}>
            <MoreHorizontal aria-hidden />
          </Button>
        }
      >
        <MenuItem onSelect={() => setOpen("token")} disabled={owner}>
          {server.token === null ? "Upload the token…" : "Renew the token…"}
        </MenuItem>
        <MenuItem onSelect={() => ask(true)} disabled={mayWrite ? (server.token === null ? "No token yet" : null) : "Needs the role Operator"}>
          Read all devices anew
        </MenuItem>
        <MenuItem onSelect={() => setOpen("delete")} disabled={owner} danger>
          Disconnect…
        </MenuItem>
      </Menu>
    </>
  );
  return (
    <Card flush title={server.name} aside={actions}>
      {sync.error !== null && (
        <div className="p-4">
          <ProblemNote error={sync.error} />
        </div>
      )}
      <KeyValues items={factsOf(server)} />
      <DefaultConfiguration server={server} configurations={configurations} />
      <ServerWizard open={open === "token"} onOpenChange={(next) => setOpen(next ? "token" : null)} server={server} />
      <DeleteServerDialog server={server} open={open === "delete"} onOpenChange={(next) => setOpen(next ? "delete" : null)} />
    </Card>
  );
}

function SyncBadge({ server: { token, sync } }: { server: AdeServerDto }) {
  if (token === null) return <Badge tone="warning">Waits for its token</Badge>;
  if (sync.problem !== null) return <Badge tone={ADE_PROBLEMS[sync.problem.code].tone} title={ADE_PROBLEMS[sync.problem.code].meaning}>{ADE_PROBLEMS[sync.problem.code].label}</Badge>;
  if (sync.full) return <Badge tone="info" pulsing>Reading devices</Badge>;
  return <Badge tone="good">Connected</Badge>;
}

function factsOf({ account, token, sync, devices }: AdeServerDto): KeyValue[] {
  const facts: (KeyValue | null)[] = [
    account === null ? null : { key: "Organization", value: account.organization ?? "not said" },
    account === null ? null : { key: "MDM server in the portal", value: account.serverName ?? "not said" },
    account?.adminId == null ? null : { key: "Administrator", value: account.adminId },
    { key: "Devices", value: devices.toLocaleString() },
    token === null
      ? { key: "Server token", value: "not uploaded yet" }
      : { key: "Server token ends", value: <RelativeTime at={token.expiresAt} /> },
    token === null ? null : { key: "Last sync", value: sync.syncedAt === null ? "not yet" : <RelativeTime at={sync.syncedAt} /> },
    sync.problem?.retryAt == null ? null : { key: "Next try", value: <RelativeTime at={sync.problem.retryAt} /> },
  ];
  return facts.filter((fact) => fact !== null);
}

function DefaultConfiguration({ server, configurations }: { server: AdeServerDto; configurations: readonly AdeConfigurationDto[] }) {
  const change = useChangeAdeServer(server.id);
  const allowed = usePermission("link:write");
  const options = [{ value: "", label: "Nothing: assign them by hand" }, ...configurations.map(({ id, name }) => ({ value: id, label: name }))];
  return (
    <div className="border-t border-line p-4">
      <Field label="New devices get" help={allowed ? "Devices that are in the list already keep what they have." : "Changing it needs the role Operator."}>
        {(control) => (
          <Select
            id={control.id}
            describedBy={control["aria-describedby"]}
            className="w-full sm:max-w-80"
            value={server.defaultConfigurationId ?? ""}
            options={options}
            disabled={!allowed}
            onChange={(value) => change.mutate({ defaultConfigurationId: value === "" ? null : value }, { onSuccess: () => toast("Saved") })}
          />
        )}
      </Field>
      {change.error !== null && <ProblemNote error={change.error} />}
    </div>
  );
}

function DeleteServerDialog({ server, open, onOpenChange }: { server: AdeServerDto; open: boolean; onOpenChange: (open: boolean) => void }) {
  const [typed, setTyped] = useState("");
  const remove = useDeleteAdeServer(server.id);
  return (
    <ConfirmDialog
      open={open}
      onOpenChange={onOpenChange}
      title={`Disconnect ${server.name}?`}
      description="Its key, its token and its list of devices are forgotten here. What Apple has been told stays with Apple, and enrolled devices stay enrolled."
      error={remove.error}
      busy={remove.isPending}
      disabled={!typedMatches(typed, server.name)}
      words="Disconnect"
      onConfirm={() => remove.mutate(undefined, { onSuccess: () => toast(`Disconnected ${server.name}`) })}
    >
      <TypedConfirmation what="the name" word={server.name} typed={typed} onChange={setTyped} />
    </ConfirmDialog>
  );
}
