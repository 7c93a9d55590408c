import { unknownRoute } from "@/lib/http/unknown-route";

/** Whatever else is asked below /api/v1. */
export { unknownRoute as GET, unknownRoute as POST, unknownRoute as PUT, unknownRoute as PATCH, unknownRoute as DELETE };
