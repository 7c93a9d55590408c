"use client";

import { useQuery } from "@tanstack/react-query";
import Link from "next/link";
import { CodeBlock } from "@/components/ui/code-block";
import { Copyable } from "@/components/ui/copyable";
import { KeyValues, type KeyValue } from "@/components/ui/key-values";
import { ProblemNote } from "@/components/ui/problem-note";
import { RelativeTime } from "@/components/ui/relative-time";
import { Skeleton } from "@/components/ui/skeleton";
import { absoluteTime } from "@/lib/client/format-time";
import { exchangeQueries } from "@/lib/client/queries/exchanges";
import type { ExchangeDto } from "@/lib/contracts/exchanges";
import { byteWords, skewWords } from "./exchange-words";

/** One exchange whole: who proved to be who, and both bodies with their secrets masked. */
export function ExchangeDetail({ deviceId, exchange }: { deviceId: string; exchange: ExchangeDto }) {
  return (
    <div className="grid gap-5 xl:grid-cols-[minmax(0,24rem)_minmax(0,1fr)]">
      <div className="-mx-4 content-start xl:mx-0">
        <KeyValues items={factsOf(deviceId, exchange)} />
      </div>
      {exchange.idle ? (
        <p className="text-ink-soft">Idle polls with nothing waiting say no more than this, so their bodies are not kept.</p>
      ) : (
        <Bodies deviceId={deviceId} exchange={exchange} />
      )}
    </div>
  );
}

function factsOf(deviceId: string, exchange: ExchangeDto): KeyValue[] {
  const { certificate, reported, delivered, refusal } = exchange;
  const skew = skewWords(exchange.clockSkewSeconds);
  const facts: (KeyValue | null)[] = [
    { key: exchange.count > 1 ? "Last of them" : "Received", value: absoluteTime(Date.parse(exchange.at)) },
    { key: "Answered", value: `${exchange.status}, after ${exchange.durationMs < 1 ? "less than 1" : exchange.durationMs.toLocaleString()} ms` },
    refusal === null ? null : { key: "Refused as", value: <code className="text-xs">{refusal}</code> },
    { key: "In / out", value: `${byteWords(exchange.bytesIn)} / ${byteWords(exchange.bytesOut)}` },
    { key: "From", value: <Copyable text={exchange.remoteAddress} what="remote address" /> },
    { key: "Clock of the device", value: skew ?? "not told in the signature" },
    { key: "Certificate", title: "Subject of the identity that signed", value: certificate.subject ?? "no longer on record" },
    { key: "Valid until", value: certificate.notAfter === null ? "–" : <RelativeTime at={certificate.notAfter} /> },
    { key: "Fingerprint", title: "SHA-256 of the certificate", value: <Copyable text={certificate.fingerprint} what="fingerprint" /> },
    reported === null ? null : { key: "Reports on", value: <CommandLink deviceId={deviceId} command={reported} /> },
    delivered === null ? null : { key: "Was given", value: <CommandLink deviceId={deviceId} command={delivered} /> },
  ];
  return facts.filter((fact) => fact !== null);
}

function CommandLink({ deviceId, command }: { deviceId: string; command: NonNullable<ExchangeDto["reported"]> }) {
  if (command.requestType === null) return <Copyable text={command.commandId} what="CommandUUID" />;
  return (
    <Link href={`/devices/${deviceId}?tab=commands&command=${command.commandId}`} className="roomy inline-block rounded text-accent underline-offset-2 hover:underline">
      {command.requestType}
    </Link>
  );
}

function Bodies({ deviceId, exchange }: { deviceId: string; exchange: ExchangeDto }) {
  const { data, error, refetch } = useQuery(exchangeQueries.detail(deviceId, exchange.id));
  if (data === undefined) return error === null ? <Skeleton className="h-52 rounded-lg" /> : <ProblemNote error={error} onRetry={() => void refetch()} />;
  return (
    <div className="grid min-w-0 content-start gap-4">
      <Body title="The device said" what="request body" text={data.request} bytes={exchange.bytesIn} />
      <Body title="It was answered" what="answer body" text={data.answer} bytes={exchange.bytesOut} />
    </div>
  );
}

function Body({ title, what, text, bytes }: { title: string; what: string; text: string | null; bytes: number }) {
  return (
    <section className="grid min-w-0 gap-1.5">
      <h3 className="text-xs font-medium text-ink-soft">{title}</h3>
      {text !== null && <CodeBlock text={text} what={what} />}
      {text === null && (
        <p className="text-ink-faint">{bytes === 0 ? "An empty body." : `${byteWords(bytes)} that were not kept: too long, or not readable, and what cannot be read cannot be masked.`}</p>
      )}
    </section>
  );
}
