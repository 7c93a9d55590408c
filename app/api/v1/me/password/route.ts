import { API } from "@/lib/contracts/api";
import { adminRoute } from "@/lib/http/admin-route";
import { peerAddress } from "@/lib/http/connection";

/** POST /api/v1/me/password */
export const POST = adminRoute({ operation: API.changePassword, permission: null }, ({ body, actor, services }) =>
  services.passwords.changePassword(body, actor, peerAddress()),
);
