// Compiles the tests and runs them, each file in a process of its own. Arguments go to the test runner of Node.
import { spawnSync } from 'node:child_process';
import { readdirSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const ROOT = dirname(fileURLToPath(import.meta.url));
const BUILT = join(ROOT, 'build/tests');
const tests = readdirSync(join(ROOT, 'test')).filter(name => name.endsWith('.test.ts'));

function run(...words) {
  const { status } = spawnSync(process.execPath, words, { cwd: ROOT, stdio: 'inherit' });
  if (status !== 0) {
    process.exit(status ?? 1);
  }
}

rmSync(BUILT, { recursive: true, force: true });
await build({
  absWorkingDir: ROOT,
  entryPoints: tests.map(name => `test/${name}`),
  outdir: BUILT,
  bundle: true,
  format: 'esm',
  target: 'es2022',
  packages: 'external',
  ignoreAnnotations: true, // A file of the tests may do something by being imported.
  sourcemap: 'inline',
  logLevel: 'warning',
});
run('node_modules/typescript/bin/tsc', '-p', 'tsconfig-test.json');
run('--enable-source-maps', '--test', ...process.argv.slice(2), ...tests.map(name => join(BUILT, name.replace(/\.ts$/, '.js'))));
