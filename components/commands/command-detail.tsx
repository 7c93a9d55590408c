"use client";

import { useQuery } from "@tanstack/react-query";
import { useState, type ReactNode } from "react";
import { CodeBlock } from "@/components/ui/code-block";
import { CopyButton } from "@/components/ui/copy-button";
import { JsonValue } from "@/components/ui/json-value";
import { ProblemNote } from "@/components/ui/problem-note";
import { Skeleton } from "@/components/ui/skeleton";
import { commandQueries } from "@/lib/client/queries/commands";
import type { CommandDto } from "@/lib/contracts/commands";
import { CommandActions } from "./command-actions";
import { CommandProgress } from "./command-progress";
import { curlLine } from "./curl-line";
import { ErrorChain } from "./error-chain";

/** Everything about one command: its way, the answer in words and as it travelled, and what can be done. */
export function CommandDetail({ id }: { id: string }) {
  const { data: command, error, refetch } = useQuery(commandQueries.detail(id));
  if (error !== null && command === undefined) return <ProblemNote error={error} onRetry={() => void refetch()} />;
  if (command === undefined) return <Skeleton className="h-52 rounded-lg" />;
  return (
    <div className="grid gap-6 lg:grid-cols-[minmax(0,20rem)_minmax(0,1fr)]">
      <div className="grid content-start gap-4">
        <CommandProgress command={command} />
        <div className="flex flex-wrap gap-2">
          <CommandActions command={command} />
          <CopyButton text={curlLine(command, window.location.origin)} what="command as curl" words="Copy as curl" />
        </div>
        <p className="text-xs break-all text-ink-faint">
          CommandUUID <code>{command.commandUuid}</code>
        </p>
      </div>
      <div className="grid min-w-0 content-start gap-4">
        {command.errorChain !== null && command.errorChain.length > 0 && <ErrorChain chain={command.errorChain} />}
        <Views command={command} />
      </div>
    </div>
  );
}

function Views({ command }: { command: CommandDto }) {
  const views: [string, ReactNode][] = [];
  if (command.response !== null) views.push(["Answer", <TypedAnswer key="answer" response={command.response} />]);
  views.push(["Request plist", <CodeBlock key="request" text={command.requestXml} what="request property list" />]);
  if (command.responseXml !== null) views.push(["Answer plist", <CodeBlock key="raw" text={command.responseXml} what="answer property list" />]);
  const [chosen, setChosen] = useState<string | null>(null);
  const [name, content] = views.find(([each]) => each === chosen) ?? views[0] ?? ["", null];
  return (
    <div className="grid min-w-0 gap-2">
      <div role="group" aria-label="What to show" className="flex gap-1">
        {views.map(([each]) => (
          <button
            key={each}
            type="button"
            aria-pressed={each === name}
            onClick={() => setChosen(each)}
            className="h-7 rounded-md px-2.5 text-xs font-medium text-ink-soft hover:bg-hover aria-pressed:bg-sunken aria-pressed:text-ink"
          >
            {each}
          </button>
        ))}
      </div>
      {content}
    </div>
  );
}

/** Keys of every answer that only address it. */
const ADDRESSING = new Set(["CommandUUID", "UDID", "EnrollmentID", "Status", "RequestType", "ErrorChain", "UserID", "UserShortName", "UserLongName", "NotOnConsole"]);

function TypedAnswer({ response }: { response: unknown }) {
  const all = typeof response === "object" && response !== null && !Array.isArray(response) ? Object.entries(response) : [];
  const own = all.filter(([key]) => !ADDRESSING.has(key));
  if (own.length === 0) return <p className="rounded-lg border border-line p-3 text-ink-soft">The answer carries nothing but its status.</p>;
  const [only] = own;
  const value = own.length === 1 && only !== undefined ? only[1] : Object.fromEntries(own);
  return (
    <div tabIndex={0} role="region" aria-label="Answer" className="max-h-96 overflow-auto rounded-lg border border-line p-3">
      <JsonValue value={value} />
    </div>
  );
}
