// Runs the tests: all, or those of the names, such as `node test/run.mjs react-live testing`.
import { spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const ROOT = dirname(dirname(fileURLToPath(import.meta.url)));
const OUT = join(ROOT, 'node_modules', '.test'); // Beside the packages that the tests import.
const names = process.argv.slice(2);
const sources = ['src', 'test'].flatMap(folder =>
  readdirSync(join(ROOT, folder))
    .filter(name => name.endsWith('.ts'))
    .map(name => join(ROOT, folder, name)),
);

rmSync(OUT, { recursive: true, force: true });
mkdirSync(OUT, { recursive: true });
writeFileSync(join(OUT, 'package.json'), '{"type":"module"}');
// Each file alone: a bundle would load react-dom before there is a document.
await build({ absWorkingDir: ROOT, entryPoints: sources, outdir: OUT, outbase: ROOT, format: 'esm', target: 'es2022', sourcemap: 'inline', logLevel: 'warning' });

const tests = readdirSync(join(OUT, 'test'))
  .filter(name => name.endsWith('.test.js') && (!names.length || names.includes(name.replace('.test.js', ''))))
  .map(name => join(OUT, 'test', name));
process.exit(spawnSync(process.execPath, ['--enable-source-maps', '--test', ...tests], { stdio: 'inherit' }).status ?? 1);
