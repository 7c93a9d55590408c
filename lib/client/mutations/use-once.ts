"use client";

import { useCallback, useRef } from "react";
import { ApiProblem } from "../api-problem";

type Once = <T>(call: (idempotencyKey: string) => Promise<T>) => Promise<T>;

/**
 * One Idempotency-Key for each opened form, kept until the server has answered with success: a second click, or a new
 * try after an answer that was lost on its way, makes nothing twice.
 */
export function useOnce(): Once {
  const key = useRef<string | null>(null);
  return useCallback(async (call) => {
    key.current ??= randomKey();
    try {
      const answer = await call(key.current);
      key.current = null;
      return answer;
    } catch (error) {
      // What was sent first went through and the form was changed since. That is said once; the next click is a new request.
      if (error instanceof ApiProblem && error.code === "idempotency-mismatch") key.current = null;
      throw error;
    }
  }, []);
}

/** crypto.randomUUID exists on secure pages only. */
function randomKey(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, "0")).join("");
}
