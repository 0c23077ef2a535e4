// Builds the package into dist/. With a folder as argument, also writes there what the jar serves: client.js, client.d.ts, client/react.js, …
import { spawn } from 'node:child_process';
import { copyFileSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { rollup } from 'rollup';
import { dts } from 'rollup-plugin-dts';
import { minify } from 'terser';

const ROOT = dirname(fileURLToPath(import.meta.url));
const PACKAGE = '@skelly/client';
const CORE = 'index';
const CORE_FROM_JAR = '../client.js';

/* Names of properties that stay inside one entry, and are shortened there: neither the application nor another tab or the server sees them. */
const INSIDE = /^(?:_.*|alive|apply|beat|blame|catching|cookie|handler|kick|leads|loading|loads|onOutcome|reload|restart|terms|waiting)$/;

/* Modules of the core: an import of one from another entry is an import of the package, so that there is one copy of it. */
const OF_CORE = /^(?:@skelly\/client|\.\/(?:index|types)(?:\.[jt]s)?)$/;

const [jar] = process.argv.slice(2);
const { exports } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'));
const entries = Object.values(exports)
  .map(target => target.default && basename(target.default, '.js'))
  .filter(Boolean);
const parts = entries.filter(entry => entry !== CORE);
const at = (...names) => join(ROOT, ...names);

function compile() {
  const compiler = spawn(process.execPath, [at('node_modules/typescript/bin/tsc'), '-p', ROOT], { stdio: ['ignore', 2, 2] });
  return new Promise((done, failed) =>
    compiler.on('exit', code => (code === 0 ? done() : failed(new Error('the types of the client do not fit, see above')))));
}

/** Bundles one entry; terser makes it smaller than esbuild does. */
async function bundle(entry, outfile, core, sourcemap) {
  const external = {
    name: 'core',
    setup: setup =>
      setup.onResolve({ filter: OF_CORE }, ({ importer }) =>
        entry !== CORE && dirname(importer) === at('src') ? { path: core, external: true } : undefined),
  };
  const { outputFiles } = await build({
    absWorkingDir: ROOT,
    entryPoints: [`src/${entry}.ts`],
    outfile,
    write: false,
    bundle: true,
    format: 'esm',
    target: 'es2022',
    packages: 'external',
    charset: 'utf8',
    legalComments: 'none',
    mangleProps: INSIDE,
    plugins: [external],
    logLevel: 'warning',
    sourcemap: sourcemap && 'external',
  });
  const text = name => outputFiles.find(file => file.path.endsWith(name))?.text;
  const { code, map } = await minify(text('.js'), {
    module: true,
    ecma: 2022,
    // The directive 'use client' is for bundlers; terser does not know it, and would remove it.
    compress: { directives: false, passes: 4, inline: 3, unsafe_arrows: true, unsafe_methods: true, pure_getters: true, keep_fargs: false },
    ...(sourcemap && { sourceMap: { content: text('.js.map'), url: `${basename(outfile)}.map` } }),
  });
  mkdirSync(dirname(outfile), { recursive: true });
  writeFileSync(outfile, code);
  if (map) {
    writeFileSync(`${outfile}.map`, map);
  }
}

async function bundles() {
  await Promise.all(entries.map(entry => bundle(entry, at('dist', `${entry}.js`), PACKAGE, true)));
  if (jar) {
    await bundle(CORE, join(jar, 'client.js'), PACKAGE, false);
    await Promise.all(parts.map(part => bundle(part, join(jar, 'client', `${part}.js`), CORE_FROM_JAR, false)));
  }
}

/** Refuses a declared property whose name is shortened in the code. */
function checkNames(file) {
  const declared = [...readFileSync(file, 'utf8').matchAll(/^ +(?:readonly |get |set )*(\w+)\??[:(<]/gm)].map(found => found[1]);
  const shortened = declared.filter(name => INSIDE.test(name));
  if (shortened.length > 0) {
    throw new Error(`${basename(file)} declares what INSIDE shortens: ${[...new Set(shortened)].join(', ')}`);
  }
}

/** Makes one file of the declarations of each entry. */
async function declarations() {
  for (const entry of entries) {
    const external = {
      name: 'core',
      resolveId: (id, importer) =>
        entry !== CORE && importer && dirname(importer) === at('build/types') && OF_CORE.test(id) ? { id: PACKAGE, external: true } : null,
    };
    const bundled = await rollup({
      input: at('build/types', `${entry}.d.ts`),
      plugins: [external, dts()],
      external: id => !/^[./]/.test(id),
    });
    await bundled.write({ file: at('dist', `${entry}.d.ts`) });
    checkNames(at('dist', `${entry}.d.ts`));
    if (jar && entry !== CORE) {
      await bundled.write({ file: join(jar, 'client', `${entry}.d.ts`), paths: { [PACKAGE]: CORE_FROM_JAR } });
    }
    await bundled.close();
  }
  if (jar) {
    copyFileSync(at('dist', `${CORE}.d.ts`), join(jar, 'client.d.ts'));
  }
}

for (const folder of [at('dist'), at('build/types'), ...(jar ? [jar] : [])]) {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
}
try {
  await Promise.all([bundles(), compile()]);
  await declarations();
} catch (failure) {
  console.error(`${basename(process.argv[1])}: ${failure.message}`);
  process.exit(1);
}
