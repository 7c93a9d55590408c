// Vitest takes this for the package "server-only", which throws outside of a server bundle.
export {};
