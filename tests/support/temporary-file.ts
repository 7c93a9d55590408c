import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";

/** A file in a folder of its own, which goes with this process. Answers its path. */
export function temporaryFile(name: string, content: string): string {
  const folder = mkdtempSync(path.join(os.tmpdir(), "muster-file-"));
  process.once("exit", () => rmSync(folder, { recursive: true, force: true }));
  const file = path.join(folder, name);
  writeFileSync(file, content);
  return file;
}
