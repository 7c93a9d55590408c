import { CopyButton } from "./copy-button";

/** Text as it travels, scrolling inside its frame. */
export function CodeBlock({ text, what }: { text: string; what: string }) {
  return (
    <div className="relative min-w-0 rounded-lg border border-line bg-sunken">
      <div className="absolute top-1.5 right-1.5 rounded-md bg-sunken">
        <CopyButton text={text} what={what} />
      </div>
      <pre tabIndex={0} aria-label={what} className="max-h-96 overflow-auto p-3 pr-11 font-mono text-xs leading-relaxed">
        {text}
      </pre>
    </div>
  );
}
