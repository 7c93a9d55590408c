import { Button } from "@/components/ui/button";
import { ProblemNote } from "@/components/ui/problem-note";
import { CheckTable } from "./check-table";
import { TopicChangeStop } from "./topic-change-stop";
import type { CertificateUpload } from "./use-certificate-upload";

/** What became of an upload, and the button for it or for the next try. `saidAt`: fields that tell their own faults. */
export function UploadOutcome({ upload, allowed, saidAt }: { upload: CertificateUpload; allowed: boolean; saidAt: readonly string[] }) {
  const { problem, topicChange, checks, busy } = upload;
  return (
    <>
      {problem !== null && topicChange === null && !problem.isSaidAt(saidAt) && <ProblemNote error={problem} />}
      {checks.length > 0 && <CheckTable checks={checks} />}
      {topicChange !== null && <TopicChangeStop problem={topicChange} typed={upload.typed} onTyped={upload.setTyped} />}
      <div className="flex items-center gap-3">
        <Button type="submit" look={topicChange === null ? "primary" : "danger"} busy={busy} disabled={!allowed} title={allowed ? undefined : "Needs the role Owner"}>
          {topicChange === null ? "Check and upload" : "Change the topic"}
        </Button>
        {!allowed && <span className="text-xs text-ink-faint">Needs the role Owner</span>}
      </div>
    </>
  );
}
