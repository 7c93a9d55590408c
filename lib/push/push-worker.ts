import { createPrivateKey, randomUUID } from "node:crypto";
import { config } from "@/lib/config/config";
import { log } from "@/lib/config/log";
import { TEST_TOPIC } from "@/lib/contracts/words";
import { derToPem } from "@/lib/crypto/pem";
import { unseal } from "@/lib/db/sealed";
import { onSignal } from "@/lib/db/signals";
import { apnsAuthoritiesPem } from "./apns-authorities";
import { apnsClient, type ApnsClient } from "./apns-client";
import { LOCAL_REASONS, type LocalReason } from "./apns-outcome";
import { raisePushAlarm } from "./push-alarm";
import { findActivePushCertificates, type ActivePushCertificate } from "./push-certificate-store";
import { pushLane, type PushLane } from "./push-lane";
import { hurryRefused, overdueTopicsExcept } from "./push-store";

/** Certificates are looked at that often even without a signal. */
const REFRESH_MS = 60_000;

interface OpenLane {
  fingerprint: string;
  lane: PushLane;
}

/**
 * Sends due pushes until stopped: one lane a topic, each with its newest push certificate. Any number of nodes may
 * run it. Stopping waits for the pushes under way and writes down what came of them.
 */
export function startPushWorker(): { stop(): Promise<void> } {
  const lanes = new Map<string, OpenLane>([[TEST_TOPIC, { fingerprint: "", lane: pushLane(TEST_TOPIC, nobody, true) }]]);
  const ending = new Set<Promise<void>>();
  let stopping = false;
  let refreshing: Promise<void> | null = null;
  let again = false;

  /** Answers whether there was one before. */
  function replaceLane(certificate: ActivePushCertificate): boolean {
    const old = lanes.get(certificate.topic);
    const lane = pushLane(certificate.topic, clientFor(certificate), false);
    lanes.set(certificate.topic, { fingerprint: certificate.fingerprint, lane });
    if (old) end(old.lane);
    return old !== undefined;
  }

  function end(lane: PushLane): void {
    const ended = lane.stop().finally(() => ending.delete(ended));
    ending.add(ended);
  }

  async function refresh(): Promise<void> {
    const certificates = await findActivePushCertificates();
    for (const certificate of certificates) {
      if (stopping || certificate.topic === TEST_TOPIC || lanes.get(certificate.topic)?.fingerprint === certificate.fingerprint) continue;
      let replaced = false;
      try {
        replaced = replaceLane(certificate);
      } catch (error) {
        log.error("a push certificate cannot be used", { topic: certificate.topic, error });
        await alarm(certificate.topic, "certificate-unusable");
      }
      if (replaced) await hurryRefused(certificate.topic);
    }
    for (const { lane } of lanes.values()) lane.wake();
  }

  function wake(): Promise<void> {
    again = true;
    return (refreshing ??= keepRefreshing().finally(() => (refreshing = null)));
  }

  async function keepRefreshing(): Promise<void> {
    while (again && !stopping) {
      again = false;
      await refresh();
    }
  }

  async function lookAround(): Promise<void> {
    await wake();
    for (const topic of await overdueTopicsExcept([...lanes.keys()])) await alarm(topic, "certificate-missing");
  }

  const unsubscribe = onSignal("push", () => void wake().catch(logFailure));
  const timer = setInterval(() => void lookAround().catch(logFailure), REFRESH_MS);
  void lookAround().catch(logFailure);
  return {
    async stop() {
      stopping = true;
      unsubscribe();
      clearInterval(timer);
      await refreshing?.catch(() => undefined); // reported by whoever asked for it
      for (const { lane } of lanes.values()) end(lane);
      await Promise.all(ending);
    },
  };
}

function alarm(topic: string, reason: LocalReason): Promise<void> {
  return raisePushAlarm(topic, { status: null, reason, sentence: LOCAL_REASONS[reason].sentence });
}

function logFailure(error: unknown): void {
  log.warn("the push worker could not reach the database", { error });
}

function clientFor(certificate: ActivePushCertificate): ApnsClient {
  const key = unseal(certificate.privateKeySealed, { table: "PushCertificate", row: certificate.id, column: "privateKeySealed" });
  return apnsClient({
    origin: config().apnsUrl,
    topic: certificate.topic,
    certificatePem: derToPem(certificate.certificate) + certificate.chainPem,
    privateKeyPem: createPrivateKey({ key, format: "der", type: "pkcs8" }).export({ type: "pkcs8", format: "pem" }).toString(),
    caPem: apnsAuthoritiesPem(),
    notAfter: certificate.notAfter,
    connectTimeoutMs: 10_000,
    requestTimeoutMs: 15_000,
    pingEveryMs: 60_000,
    pingTimeoutMs: 10_000,
  });
}

/** Takes the pushes of simulated devices, which listen to the event log instead of APNs. */
const nobody: ApnsClient = {
  push: () => Promise.resolve({ apnsId: randomUUID(), status: 200, reason: null, deadSince: null, retryAfterMs: null }),
  capacity: () => 1000,
  close: () => Promise.resolve(),
};
