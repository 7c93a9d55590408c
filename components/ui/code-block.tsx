import { CopyButton } from "./copy-button";

/** Text as it travels, scrolling inside its frame. */
export function CodeBlock({ text, what }: { text: string; what: string }) {
  return (
    <div className="flex min-w-0 items-start rounded-lg border border-line bg-sunken">
      <pre tabIndex={0} role="region" aria-label={what} className="max-h-96 min-w-0 flex-1 overflow-auto p-3 font-mono text-xs leading-relaxed">
        {text}
      </pre>
      <span className="p-1.5">
        <CopyButton text={text} what={what} />
      </span>
    </div>
  );
}
