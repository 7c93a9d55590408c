import { API } from "@/lib/contracts/api";
import { adminRoute } from "@/lib/http/admin-route";
import { toPersonDto } from "@/lib/http/person-dto";

/** POST /api/v1/people/{id} */
export const POST = adminRoute({ operation: API.changePerson, permission: "people:manage" }, async ({ params, body, actor, services }) =>
  toPersonDto(await services.people.changePerson(params.id, body, actor)),
);
