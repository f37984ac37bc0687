// Builds the scripts of src/ into the Python package, where the pages find them by the manifest.

import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { defineConfig, type Plugin } from "vite";

const ENTRIES = ["site", "query"];
const HERE = import.meta.dirname;
const MODULES = join(HERE, "node_modules");

/** Writes the licences of all packages that went into the scripts beside them. */
function licences(): Plugin {
  return {
    name: "licences",
    generateBundle(_options, bundle) {
      const names = new Set<string>();
      for (const output of Object.values(bundle)) {
        if (output.type !== "chunk") continue;
        for (const id of Object.keys(output.modules)) {
          const found = id.match(/\/node_modules\/((?:@[^/]+\/)?[^/]+)\//);
          if (found?.[1]) addWithDependencies(names, found[1]);
        }
      }
      const texts = [...names].sort().map(licenceOf);
      this.emitFile({ type: "asset", fileName: "licences.txt", source: texts.join("\n\n") });
    },
  };
}

/** Some packages come with their dependencies already inside, so these are named, too. */
function addWithDependencies(names: Set<string>, name: string): void {
  const file = join(MODULES, name, "package.json");
  if (names.has(name) || !existsSync(file)) return;
  names.add(name);
  for (const other of Object.keys(JSON.parse(readFileSync(file, "utf8")).dependencies ?? {})) {
    addWithDependencies(names, other);
  }
}

function licenceOf(name: string): string {
  const folder = join(MODULES, name);
  const about = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
  const file = readdirSync(folder).find((entry) => /^licen[cs]e/i.test(entry));
  const text = file ? readFileSync(join(folder, file), "utf8").trim() : `Licence: ${about.license}`;
  return `${about.name} ${about.version}, ${about.license}\n${"-".repeat(60)}\n${text}`;
}

export default defineConfig({
  root: HERE,
  base: "./",
  publicDir: false,
  plugins: [licences()],
  build: {
    outDir: resolve(HERE, "../src/undersigned/pages/static"),
    emptyOutDir: true,
    manifest: true,
    target: "es2022",
    cssCodeSplit: true,
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 600, // the editor; only the query page asks for it
    rolldownOptions: {
      // The editor brings a JSON parser for browsers without one; no policy of ours lets it run.
      checks: { eval: false },
      input: ENTRIES.map((name) => resolve(HERE, `src/${name}.ts`)),
      output: {
        entryFileNames: "[name]-[hash].js",
        chunkFileNames: "[name]-[hash].js",
        assetFileNames: "[name]-[hash][extname]",
      },
    },
  },
});
