"use client";

import { useEffect, useRef, useState } from "react";

const TICK_MS = 250;

/** Whole seconds until an instant of this tab's clock; calls `onEnd` once when it has come. */
export function useCountdown(until: number, onEnd?: () => void): number {
  const [left, setLeft] = useState(() => secondsUntil(until));
  const end = useRef(onEnd);
  useEffect(() => {
    end.current = onEnd;
  });
  useEffect(() => {
    const tick = (): void => {
      const rest = secondsUntil(until);
      setLeft(rest);
      if (rest > 0) return;
      clearInterval(timer);
      end.current?.();
    };
    const timer = setInterval(tick, TICK_MS);
    return () => clearInterval(timer);
  }, [until]);
  return left;
}

function secondsUntil(until: number): number {
  return Math.max(0, Math.ceil((until - Date.now()) / 1000));
}
