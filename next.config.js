/** @type {import("next").NextConfig} */
export default {
  poweredByHeader: false,
  devIndicators: false,
  // A build after a change takes half the time.
  experimental: { turbopackFileSystemCacheForBuild: true },
  // Types are checked by our own tsc in `npm test`.
  typescript: { ignoreBuildErrors: true },
  // Loaded from node_modules by Next's bundles and by our server alike: one copy of each in the process.
  serverExternalPackages: [
    "@node-rs/argon2",
    "@peculiar/x509",
    "@prisma/adapter-pg",
    "@prisma/client",
    "ipaddr.js",
    "node-forge",
    "pg",
    "plist",
    "qrcode",
    "reflect-metadata",
    "saxes",
  ],
};
