/** What a due time is compared with. Columns keep milliseconds, rounded: what is due now may have been written half a one ahead. */
export const BY_NOW = "now() + interval '1 millisecond'";
