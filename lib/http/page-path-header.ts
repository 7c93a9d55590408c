/** In it the proxy tells a page where it is, which Next does not; whatever a browser sends under this name is overwritten. */
export const PAGE_PATH_HEADER = "x-muster-page-path";
