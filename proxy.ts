import { pageProxy } from "@/lib/http/page-proxy";

export { pageProxy as proxy };

/** Pages only: not the API, not the paths of devices, not files. */
export const config = {
  matcher: ["/((?!api/|mdm/|scep$|scep/|acme/|ota/|ade/|account/[^/]+/enroll$|account/[^/]+/token$|account/[^/]+/session$|account/[^/]+/oidc$|account/callback$|\\.well-known/|_next/|healthz$|readyz$|metrics$|.*\\.[a-z0-9]+$).*)"],
};
