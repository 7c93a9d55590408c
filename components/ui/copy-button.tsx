"use client";

import { Check, Copy } from "lucide-react";
import { useEffect, useState } from "react";
import { copyText } from "@/lib/client/copy-text";
import { Button } from "./button";

interface Props {
  text: string;
  /** What is copied, for people who cannot see the icon: "serial number". */
  what: string;
  /** Words on the button; an icon alone without. */
  words?: string;
}

export function CopyButton({ text, what, words }: Props) {
  const [copied, setCopied] = useState(false);
  useEffect(() => {
    if (!copied) return;
    const timer = setTimeout(() => setCopied(false), 1600);
    return () => clearTimeout(timer);
  }, [copied]);
  const icon = copied ? <Check aria-hidden className="text-good" /> : <Copy aria-hidden />;
  return (
    <Button
      look={words === undefined ? "quiet" : "secondary"}
      size={words === undefined ? "small-icon" : "small"}
      aria-label={words === undefined ? `Copy ${what}` : undefined}
      title={words === undefined ? `Copy ${what}` : undefined}
      onClick={() => void copyText(text).then(setCopied)}
    >
      {icon}
      {words !== undefined && (copied ? "Copied" : words)}
      <span role="status" className="sr-only">
        {copied ? `Copied ${what}` : ""}
      </span>
    </Button>
  );
}
