import { classNames } from "./class-names";
import { CopyButton } from "./copy-button";

/** A value that people carry elsewhere, with its copy button. */
export function Copyable({ text, what, mono = true }: { text: string; what: string; mono?: boolean }) {
  return (
    <span className="inline-flex max-w-full min-w-0 items-center gap-1">
      <span className={classNames("min-w-0 truncate", mono && "font-mono text-[13px]")} title={text}>
        {text}
      </span>
      <CopyButton text={text} what={what} />
    </span>
  );
}
