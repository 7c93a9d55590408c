import { API } from "@/lib/contracts/api";
import { adminRoute } from "@/lib/http/admin-route";

/** POST /api/v1/password: the one-time token of the link is the authorization. */
export const POST = adminRoute({ operation: API.choosePassword, public: true }, ({ body, services }) => services.passwords.choosePassword(body));
