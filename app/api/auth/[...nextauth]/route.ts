import { authRoute } from "@/lib/http/auth-route";

/** GET and POST /api/auth/*: next-auth's own routes. */
export { authRoute as GET, authRoute as POST };
