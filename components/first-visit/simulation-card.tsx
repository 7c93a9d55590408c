"use client";

import { useQuery } from "@tanstack/react-query";
import Link from "next/link";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { Field } from "@/components/ui/field";
import { ProblemNote } from "@/components/ui/problem-note";
import { Select } from "@/components/ui/select";
import { Skeleton } from "@/components/ui/skeleton";
import { useRemoveSimulation, useStartSimulation } from "@/lib/client/mutations/simulation";
import { readinessQueries } from "@/lib/client/queries/readiness";
import { counted } from "@/lib/client/text";
import { usePermission } from "@/lib/client/use-permission";
import type { Simulation } from "@/lib/contracts/simulation";

const COUNTS = [5, 20, 50, 200].map((count) => ({ value: String(count), label: counted(count, "device") }));

/** The product seen without an Apple account. */
export function SimulationCard() {
  const { data } = useQuery(readinessQueries.simulation());
  return (
    <Card title="Simulated devices">
      <p className="text-ink-soft">
        iPhones, iPads and Macs that enroll by the real protocol and answer what you send them. They are marked everywhere, use a test topic and never bother Apple.
      </p>
      <div className="mt-4">{data === undefined ? <Skeleton className="h-20" /> : <Controls simulation={data} />}</div>
    </Card>
  );
}

function Controls({ simulation }: { simulation: Simulation }) {
  const allowed = usePermission("settings:write");
  return (
    <div className="grid gap-4">
      {simulation.running ? <Running simulation={simulation} /> : <Start allowed={allowed} again={simulation.devices > 0} />}
      {(simulation.running || simulation.devices > 0) && <Remove simulation={simulation} allowed={allowed} />}
    </div>
  );
}

function Running({ simulation }: { simulation: Simulation }) {
  return (
    <div role="status" className="rounded-lg border border-line bg-sunken p-3">
      <p className="font-medium">
        <Link href="/devices" className="rounded text-accent underline-offset-2 hover:underline">
          {counted(simulation.devices, "simulated device")}
        </Link>{" "}
        here, answering
      </p>
      {simulation.lastWords !== null && <p className="mt-1 truncate font-mono text-xs text-ink-faint">{simulation.lastWords}</p>}
    </div>
  );
}

function Start({ allowed, again }: { allowed: boolean; again: boolean }) {
  const [count, setCount] = useState("20");
  const start = useStartSimulation();
  return (
    <form
      className="grid gap-3"
      onSubmit={(event) => {
        event.preventDefault();
        start.mutate({ devices: Number(count) });
      }}
    >
      {again && <p className="text-ink-soft">Those of before are silent: their keys ended with the process that held them.</p>}
      <Field label="How many">{(control) => <Select id={control.id} className="w-full" value={count} options={COUNTS} onChange={setCount} />}</Field>
      {start.error !== null && <ProblemNote error={start.error} />}
      <Button type="submit" look="primary" busy={start.isPending} disabled={!allowed} title={allowed ? undefined : "Needs the role Owner"} className="justify-self-start">
        Add simulated devices
      </Button>
    </form>
  );
}

function Remove({ simulation, allowed }: { simulation: Simulation; allowed: boolean }) {
  const [open, setOpen] = useState(false);
  const remove = useRemoveSimulation();
  return (
    <>
      <Button disabled={!allowed} title={allowed ? undefined : "Needs the role Owner"} className="justify-self-start" onClick={() => setOpen(true)}>
        Remove them all…
      </Button>
      <ConfirmDialog
        open={open}
        onOpenChange={setOpen}
        title="Remove the simulated devices?"
        description={`${counted(simulation.devices, "simulated device")} and their links, commands and inventory go at once. Real devices and the log stay.`}
        error={remove.error}
        busy={remove.isPending}
        words="Remove"
        onConfirm={() => remove.mutate(undefined, { onSuccess: () => setOpen(false) })}
      />
    </>
  );
}
