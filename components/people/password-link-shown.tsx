import { Button } from "@/components/ui/button";
import { CodeBlock } from "@/components/ui/code-block";
import { Note } from "@/components/ui/note";
import { RelativeTime } from "@/components/ui/relative-time";
import type { PasswordLinkDto } from "@/lib/contracts/people";

/** The link to hand over; it is not shown again. */
export function PasswordLinkShown({ link, onDone }: { link: PasswordLinkDto; onDone: () => void }) {
  return (
    <div className="grid gap-4">
      <Note tone="warning" title={`Give this link to ${link.person.name}`}>
        Whoever opens it chooses the password of {link.person.email}. It works once, ends <RelativeTime at={link.expiresAt} />, and is shown only now.
      </Note>
      <CodeBlock text={link.url} what="link" />
      <Button look="primary" className="justify-self-end" onClick={onDone}>
        I have copied it
      </Button>
    </div>
  );
}
