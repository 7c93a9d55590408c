import { API } from "@/lib/contracts/api";
import { adminRoute } from "@/lib/http/admin-route";
import { toBatchCommandDto, toBatchDto } from "@/lib/http/batch-dto";

/** GET /api/v1/commands */
export const GET = adminRoute({ operation: API.listCommands, permission: "device:read" }, async ({ query, services }) => {
  const page = await services.commands.listFleetCommands(query);
  return { ...page, items: page.items.map(toBatchCommandDto) };
});

/** POST /api/v1/commands */
export const POST = adminRoute({ operation: API.sendBatch, permission: "device:command" }, async ({ body, actor, services }) =>
  toBatchDto(await services.batches.sendBatch(body, actor.label)),
);
