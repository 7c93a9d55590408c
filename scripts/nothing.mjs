// The empty module that stands for "server-only" in the server's bundle.
export {};
