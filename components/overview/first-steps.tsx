import Link from "next/link";
import { Button } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { CodeBlock } from "@/components/ui/code-block";
import { Steps, type Step } from "@/components/ui/steps";
import { counted } from "@/lib/client/text";
import type { Overview } from "@/lib/contracts/events";

const SIMULATE = "npm run simulate -- --devices 50";

/** The way to the first device, ticked off by what is really there. */
export function FirstSteps({ overview }: { overview: Overview }) {
  const steps: Step[] = [pushStep(overview), linkStep(overview), deviceStep(overview)];
  return (
    <Card className="max-w-2xl">
      <Steps steps={steps} />
    </Card>
  );
}

function pushStep({ push }: Overview): Step {
  if (!push.testTopic) {
    return { key: "push", title: "Push certificate", state: "done", detail: "Apple wakes devices for this server." };
  }
  return {
    key: "push",
    title: "Push certificate, or the test topic",
    state: "done",
    detail: (
      <>
        <p>The test topic is in use: good for simulated devices. Real ones need a push certificate from Apple before they enroll.</p>
        <Button asChild size="small" className="mt-2">
          <Link href="/push-certificate">Get a push certificate</Link>
        </Button>
      </>
    ),
  };
}

function linkStep({ links }: Overview): Step {
  if (links > 0) return { key: "link", title: "First enrollment link", state: "done", detail: <Link href="/enrollment-links" className="roomy inline-block rounded text-accent underline-offset-2 hover:underline">{counted(links, "link")}</Link> };
  return {
    key: "link",
    title: "First enrollment link",
    state: "now",
    detail: (
      <>
        <p>A page with a QR code that gives each device its own profile.</p>
        <Button asChild size="small" look="primary" className="mt-2">
          <Link href="/enrollment-links">Create a link</Link>
        </Button>
      </>
    ),
  };
}

function deviceStep({ links }: Overview): Step {
  return {
    key: "device",
    title: "First device",
    state: links > 0 ? "now" : "waiting",
    detail: (
      <>
        <p>Open the link on a device, or see the product with simulated ones, on the machine of the server:</p>
        <div className="mt-2">
          <CodeBlock text={SIMULATE} what="command for simulated devices" />
        </div>
        <p className="mt-2 text-xs text-ink-faint">This page changes by itself when the first device enrolls.</p>
      </>
    ),
  };
}
