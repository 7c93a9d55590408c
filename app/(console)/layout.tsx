import { cookies } from "next/headers";
import type { ReactNode } from "react";
import { ConsoleShell } from "@/components/shell/console-shell";
import { Providers } from "@/components/shell/providers";
import { readTheme, THEME_COOKIE } from "@/lib/client/theme";

export default async function ConsoleLayout({ children }: { children: ReactNode }) {
  const theme = readTheme((await cookies()).get(THEME_COOKIE)?.value);
  return (
    <Providers>
      <ConsoleShell theme={theme}>{children}</ConsoleShell>
    </Providers>
  );
}
