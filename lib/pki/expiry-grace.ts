/** An expired identity that is bound may still connect this long, so that it can be renewed. */
export const EXPIRY_GRACE_MS = 180 * 86_400_000;
