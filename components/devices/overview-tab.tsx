"use client";

import Link from "next/link";
import type { ReactNode } from "react";
import { Card } from "@/components/ui/card";
import { Copyable } from "@/components/ui/copyable";
import { KeyValues, type KeyValue } from "@/components/ui/key-values";
import { RelativeTime } from "@/components/ui/relative-time";
import type { DeviceDto, EnrollmentDto } from "@/lib/contracts/devices";
import { asRecord } from "./device-facts";
import { modelOf, systemOf } from "./device-name";
import { LivesPanel, skewWords } from "./lives-panel";
import { factOf, newestEnrollment } from "./newest-enrollment";
import { Owner } from "./owner-dialog";
import { RefreshInventory } from "./refresh-inventory";
import { StorageBar } from "./storage-bar";

const QUERIES = ["DeviceInformation", "SecurityInfo"] as const;

/** The device at a glance: what it is, how it is managed, whether it can be woken, what happened last; earlier lives below. */
export function OverviewTab({ device, recent }: { device: DeviceDto; recent: ReactNode }) {
  const information = factOf(device, "DeviceInformation");
  const enrollment = newestEnrollment(device);
  const earlier = device.enrollments.filter((life) => life.channel === "device" && life.id !== enrollment?.id);
  const age = (
    <>
      {information !== null && (
        <span className="max-sm:hidden">
          as of <RelativeTime at={information.learnedAt} />
        </span>
      )}
      <RefreshInventory device={device} queries={QUERIES} />
    </>
  );
  return (
    <div className="grid gap-4">
      <div className="grid items-start gap-4 lg:grid-cols-2">
        <div className="grid gap-4">
          <Card flush title="Device" aside={age}>
            <KeyValues items={deviceFacts(device)} />
          </Card>
          {recent}
        </div>
        <div className="grid gap-4">
          {enrollment !== null && (
            <Card flush title="Management">
              <KeyValues items={managementFacts(device, enrollment)} />
            </Card>
          )}
        </div>
      </div>
      {earlier.length > 0 && (
        <section aria-label="Earlier enrollments" className="mt-2 grid gap-3">
          <h2 className="font-semibold">Earlier enrollments</h2>
          <LivesPanel deviceId={device.id} enrollments={earlier} />
        </section>
      )}
    </div>
  );
}

function deviceFacts(device: DeviceDto): KeyValue[] {
  const answers = asRecord(factOf(device, "DeviceInformation")?.value) ?? {};
  const battery = answers.BatteryLevel;
  const facts: (KeyValue | null)[] = [
    { key: "Model", title: "ModelName, ProductName", value: [modelOf(device), device.modelName === null ? null : device.productName].filter((part) => part !== null).join(", ") || "–" },
    { key: "System", value: device.buildVersion === null ? systemOf(device) : `${systemOf(device)} (${device.buildVersion})` },
    copied("Serial number", device.serialNumber),
    copied("UDID", device.udid),
    copied("IMEI", device.imei),
    typeof answers.DeviceCapacity === "number" ? { key: "Storage", value: <StorageBar capacityGb={answers.DeviceCapacity} freeGb={answers.AvailableDeviceCapacity} /> } : null,
    typeof battery === "number" && battery >= 0 ? { key: "Battery", value: `${Math.round(battery * 100)} %` } : null,
    { key: "Supervised", title: "IsSupervised", value: device.supervised === null ? "not told" : device.supervised ? "Yes" : "No" },
    typeof answers.WiFiMAC === "string" ? { key: "Wi-Fi address", value: <Copyable text={answers.WiFiMAC} what="Wi-Fi address" /> } : null,
  ];
  return facts.filter((fact) => fact !== null);
}

function copied(key: string, text: string | null): KeyValue | null {
  return text === null ? null : { key, value: <Copyable text={text} what={key} /> };
}

function managementFacts(device: DeviceDto, enrollment: EnrollmentDto): KeyValue[] {
  const { identity, link, clockSkewSeconds } = enrollment;
  const users = device.enrollments.filter((life) => life.channel === "user" && life.endedAt === null).length;
  const facts: (KeyValue | null)[] = [
    { key: "Owner", value: <Owner device={device} /> },
    { key: "Enrolled", value: enrollment.enrolledAt === null ? "not completed" : <RelativeTime at={enrollment.enrolledAt} /> },
    { key: "Enrollment", value: enrollment.life === 1 ? "the first of this device" : `number ${enrollment.life} of this device` },
    link === null ? null : { key: "Link", value: <Link href={`/enrollment-links/${link.id}`} className="roomy inline-block rounded text-accent underline-offset-2 hover:underline">{link.name}</Link> },
    { key: "Last contact", value: enrollment.lastSeenAt === null ? "never" : <RelativeTime at={enrollment.lastSeenAt} /> },
    identity === null ? { key: "Identity certificate", value: "none bound" } : { key: "Identity certificate", title: identity.subject, value: <>ends <RelativeTime at={identity.notAfter} /></> },
    identity === null ? null : { key: "Fingerprint", title: "SHA-256 of the certificate", value: <Copyable text={identity.fingerprint} what="fingerprint" /> },
    clockSkewSeconds === null ? null : { key: "Clock of the device", value: skewWords(clockSkewSeconds) },
    users === 0 ? null : { key: "User channels", value: <Link href={`/devices/${device.id}?tab=channels`} replace scroll={false} className="roomy inline-block min-w-6 rounded text-accent underline-offset-2 hover:underline">{users}</Link> },
  ];
  return facts.filter((fact) => fact !== null);
}
