"use client";

import { useEffect, useRef } from "react";

interface Props {
  checked: boolean;
  onChange: () => void;
  label: string;
  /** Some of what it stands for is ticked. */
  partly?: boolean;
}

/** A box of a list, above the stretched link of its row; its area for fingers is larger than the box. */
export function Checkbox({ checked, onChange, label, partly = false }: Props) {
  const box = useRef<HTMLInputElement>(null);
  useEffect(() => {
    if (box.current !== null) box.current.indeterminate = partly;
  }, [partly]);
  return (
    <label className="relative z-[1] -m-2 grid w-fit cursor-pointer place-items-center p-2">
      <span className="sr-only">{label}</span>
      <input ref={box} type="checkbox" className="size-4 accent-(--accent)" checked={checked} onChange={onChange} />
    </label>
  );
}
