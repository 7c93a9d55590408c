import { defineConfig } from "prisma/config";

export default defineConfig({
  schema: "prisma/schema.prisma",
  migrations: { path: "prisma/migrations" },
  // The CLI wants a URL even where it connects to nothing; scripts/prisma.ts sets the real one.
  datasource: { url: process.env.DATABASE_URL ?? "postgresql://none@127.0.0.1:5432/none" },
});
