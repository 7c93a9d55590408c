import type { ErrorChainItem } from "@/lib/contracts/commands";

/** What the device says went wrong: the first error in words, those behind it folded. */
export function ErrorChain({ chain }: { chain: readonly ErrorChainItem[] }) {
  const [first, ...behind] = chain;
  if (first === undefined) return null;
  return (
    <div className="rounded-lg border border-bad/30 bg-bad-soft p-3">
      <ErrorLine error={first} />
      {behind.length > 0 && (
        <details className="mt-2">
          <summary className="roomy text-xs font-medium text-ink-soft">Behind it: {behind.length} more</summary>
          <ul className="mt-2 grid gap-2">
            {behind.map((error, index) => (
              <li key={index}>
                <ErrorLine error={error} />
              </li>
            ))}
          </ul>
        </details>
      )}
    </div>
  );
}

function ErrorLine({ error }: { error: ErrorChainItem }) {
  const words = error.USEnglishDescription ?? error.LocalizedDescription ?? "The device gave no description.";
  const code = [error.ErrorDomain, error.ErrorCode].filter((part) => part !== null).join(" ");
  return (
    <p>
      <span className="font-medium text-bad">{words}</span>
      {code !== "" && <code className="ml-2 text-xs text-ink-soft">{code}</code>}
    </p>
  );
}

/** The first error in one line, for a row of a list. */
export function errorLine(chain: readonly ErrorChainItem[] | null): string | null {
  const first = chain?.[0];
  if (first === undefined) return null;
  return first.USEnglishDescription ?? first.LocalizedDescription ?? ([first.ErrorDomain, first.ErrorCode].filter((part) => part !== null).join(" ") || null);
}
