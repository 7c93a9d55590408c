import { Note } from "@/components/ui/note";
import { TypedConfirmation } from "@/components/ui/typed-confirmation";
import type { ApiProblem } from "@/lib/client/api-problem";

/** The red stop: this certificate would cut off every device there is. */
export function TopicChangeStop({ problem, typed, onTyped }: { problem: ApiProblem; typed: string; onTyped: (typed: string) => void }) {
  const sentence = typeof problem.meta.confirmation === "string" ? problem.meta.confirmation : null;
  return (
    <div role="alert" className="grid grid-cols-1 gap-4 rounded-lg border border-bad p-4">
      <Note tone="bad" title="Stop: this certificate has another topic">
        {problem.message}
      </Note>
      <dl className="grid gap-1 text-xs">
        <Topic label="In use" topic={problem.meta.currentTopic} />
        <Topic label="Uploaded" topic={problem.meta.topic} />
      </dl>
      {sentence !== null && <TypedConfirmation what="this sentence" word={sentence} typed={typed} onChange={onTyped} />}
    </div>
  );
}

function Topic({ label, topic }: { label: string; topic: unknown }) {
  if (typeof topic !== "string") return null;
  return (
    <div className="flex flex-wrap gap-x-2">
      <dt className="w-16 text-ink-faint">{label}</dt>
      <dd className="font-mono break-all">{topic}</dd>
    </div>
  );
}
