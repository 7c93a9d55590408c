import { API } from "@/lib/contracts/api";
import { adminRoute } from "@/lib/http/admin-route";
import { toPasswordLinkDto, toPersonDto } from "@/lib/http/person-dto";

/** GET /api/v1/people */
export const GET = adminRoute({ operation: API.listPeople, permission: "people:manage" }, async ({ services }) => ({
  items: (await services.people.listPeople()).map(toPersonDto),
}));

/** POST /api/v1/people: the only answer that shows the link. */
export const POST = adminRoute({ operation: API.createPerson, permission: "people:manage" }, async ({ body, actor, services }) =>
  toPasswordLinkDto(await services.people.createPerson(body, actor)),
);
