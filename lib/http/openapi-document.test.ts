import { expect, test } from "vitest";
import { GET } from "@/app/api/v1/openapi.json/route";
import { API } from "@/lib/contracts/api";

interface Described {
  operationId: string;
  parameters?: { name: string; in: string; required: boolean }[];
  requestBody?: unknown;
  responses: Record<string, unknown>;
  security?: unknown[];
}

test("the description is OpenAPI 3.1, open to all, and names every operation once", async () => {
  const response = await GET(new Request("http://localhost/api/v1/openapi.json"));
  const document = (await response.json()) as { openapi: string; paths: Record<string, Record<string, Described>> };
  expect(document.openapi).toMatch(/^3\.1\./);
  const described = Object.values(document.paths).flatMap((methods) => Object.values(methods));
  expect(described.map(({ operationId }) => operationId).toSorted()).toEqual(Object.keys(API).toSorted());
  const send = document.paths["/api/v1/devices/{id}/commands"]?.post;
  expect(send?.parameters?.map((parameter) => [parameter.name, parameter.in, parameter.required ?? false])).toEqual([
    ["id", "path", true],
    ["Idempotency-Key", "header", false],
  ]);
  expect(send?.requestBody).toBeDefined();
  expect(Object.keys(send?.responses ?? {})).toEqual(["201", "default"]);
});

test("the description has no reference that leads nowhere", async () => {
  const text = await (await GET(new Request("http://localhost/api/v1/openapi.json"))).text();
  const references = new Set([...text.matchAll(/"\$ref":"([^"]+)"/g)].map((match) => match[1]));
  expect([...references]).toEqual(["#/components/schemas/Problem"]);
});

test("the description asks for no token where nobody has to be signed in", async () => {
  const { paths } = (await (await GET(new Request("http://localhost/api/v1/openapi.json"))).json()) as { paths: Record<string, Record<string, Described>> };
  const open = Object.values(paths).flatMap((methods) => Object.values(methods)).filter(({ security }) => security?.length === 0);
  expect(open.map(({ operationId }) => operationId).toSorted()).toEqual(["choosePassword", "openapi", "setup"]);
});
