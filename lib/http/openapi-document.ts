import { z } from "zod";
import { API, type Operation } from "@/lib/contracts/api";
import { problem } from "@/lib/contracts/common";

type Json = Record<string, unknown>;

/** Operations that nobody has to be signed in for. */
const OPEN: readonly string[] = ["openapi", "setup", "choosePassword"];

/** The API as OpenAPI 3.1, made of the same schemas that the routes parse with. */
export function openApiDocument(): Json {
  const paths: Record<string, Json> = {};
  for (const [id, operation] of Object.entries<Operation>(API)) {
    const path = (paths[`/api/v1${operation.path}`] ??= {});
    path[operation.method.toLowerCase()] = describe(id, operation);
  }
  return {
    openapi: "3.1.0",
    info: { title: "Muster", version: "1", description: "Apple device management. Times are ISO 8601 in UTC." },
    servers: [{ url: "/" }],
    paths,
    components: {
      schemas: { Problem: jsonSchema(problem, "output") },
      securitySchemes: {
        token: { type: "http", scheme: "bearer", description: "An API token" },
        session: { type: "apiKey", in: "cookie", name: "next-auth.session-token", description: "The console's session; changes must be same-origin" },
      },
    },
    security: [{ token: [] }, { session: [] }],
  };
}

function describe(id: string, operation: Operation): Json {
  const parameters = [
    ...parametersOf(operation.params, "path"),
    ...parametersOf(operation.query, "query"),
    ...(operation.method === "POST" && !OPEN.includes(id) ? [IDEMPOTENCY_KEY] : []),
  ];
  return {
    operationId: id,
    summary: operation.summary,
    ...(parameters.length === 0 ? {} : { parameters }),
    ...(operation.body === undefined ? {} : { requestBody: { required: true, content: asJson(jsonSchema(operation.body, "input")) } }),
    responses: {
      [operation.status]: { description: "Success", content: successContent(operation) },
      default: { description: "Problem details (RFC 9457)", content: PROBLEM },
    },
    ...(OPEN.includes(id) ? { security: [] } : {}),
  };
}

const IDEMPOTENCY_KEY: Json = {
  name: "Idempotency-Key",
  in: "header",
  description: "Repeating a request with the same key gives the first answer again; kept for a day",
  schema: { type: "string", minLength: 1, maxLength: 200 },
};

const PROBLEM: Json = { "application/problem+json": { schema: { $ref: "#/components/schemas/Problem" } } };

function successContent({ answer, media = "text/event-stream" }: Operation): Json {
  return answer === null ? { [media]: { schema: { type: "string" } } } : asJson(jsonSchema(answer, "output"));
}

function asJson(schema: Json): Json {
  return { "application/json": { schema } };
}

function parametersOf(schema: z.ZodType | undefined, place: "path" | "query"): Json[] {
  if (schema === undefined) return [];
  const { properties, required } = jsonSchema(schema, "input") as { properties?: Record<string, Json>; required?: string[] };
  return Object.entries(properties ?? {}).map(([name, property]) => ({
    name,
    in: place,
    required: required?.includes(name) ?? false,
    schema: property,
  }));
}

function jsonSchema(schema: z.ZodType, io: "input" | "output"): Json {
  const { $schema: _, ...rest } = z.toJSONSchema(schema, { target: "draft-2020-12", io, unrepresentable: "any" });
  return rest;
}
