import { defineConfig } from "vite";

// `ONRECORD=http://127.0.0.1:PORT npx vite` serves the sources with the API of a running `onrecord serve`.
const server = process.env["ONRECORD"];

export default defineConfig({
  base: "/",
  esbuild: { jsx: "automatic", jsxImportSource: "preact" },
  build: {
    target: "es2022",
    modulePreload: { polyfill: false },
    assetsInlineLimit: 0, // the pages' policy takes no data: addresses
    cssCodeSplit: false,
    reportCompressedSize: false,
  },
  server: server ? { proxy: { "/api": { target: server, changeOrigin: true, headers: { origin: server } } } } : {},
});
