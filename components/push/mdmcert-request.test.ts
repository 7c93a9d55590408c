import { execFileSync } from "node:child_process";
import { expect, test } from "vitest";
import { mdmcertLine } from "./mdmcert-request";

test("the line is one curl command whose body a shell hands over as it was meant", () => {
  const line = mdmcertLine({ url: "https://mdmcert.download/api/v1/signrequest", csr: "Y3Ny", encrypt: "Y2VydA==" }, { email: "o'neil@example.com", key: `a"b$c` });
  const printed = execFileSync("sh", ["-c", `curl() { printf '%s\\n' "$@"; }\n${line}`], { encoding: "utf8" }).trimEnd().split("\n");
  expect(printed.slice(0, 4)).toEqual(["https://mdmcert.download/api/v1/signrequest", "-H", "Content-Type: application/json", "-d"]);
  expect(JSON.parse(printed[4] ?? "")).toEqual({ email: "o'neil@example.com", key: `a"b$c`, csr: "Y3Ny", encrypt: "Y2VydA==" });
});
