// The alias of tsconfig.json once more: TypeScript 7 has no API through which dependency-cruiser could read it.
module.exports = { resolve: { alias: { "@": __dirname } } };
