// Makes a project of someone else that uses the packed client: node client-project.mjs PACKAGE SOURCES PROJECT
// The project installs the tarball as npm does it, without a registry. The libraries that the client can work with are those of its own build.
import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readFileSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

const [client, sources, project] = process.argv.slice(2);
const npm = (folder, ...words) => execFileSync('npm', words, { cwd: folder, encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] });

const STRICT = {
  strict: true,
  noUncheckedIndexedAccess: true,
  exactOptionalPropertyTypes: true,
  skipLibCheck: false,
  noEmit: true,
  target: 'es2022',
  lib: ['es2022', 'dom', 'dom.iterable'],
  types: [],
};
const RESOLUTIONS = { bundler: 'esnext', node16: 'node16' };

function link(name) {
  const own = join(client, 'node_modules', name);
  const linked = join(project, 'node_modules', name);
  if (existsSync(own) && !existsSync(linked)) {
    mkdirSync(dirname(linked), { recursive: true });
    symlinkSync(own, linked);
  }
}

rmSync(project, { recursive: true, force: true });
cpSync(sources, project, { recursive: true });
writeFileSync(join(project, 'package.json'), JSON.stringify({ name: 'used', version: '1.0.0', private: true, type: 'module' }));
const [{ filename, files }] = JSON.parse(npm(client, 'pack', '--json', '--pack-destination', project));
npm(project, 'install', '--offline', '--no-audit', '--no-fund', '--no-update-notifier', '--silent', `./${filename}`);
const { peerDependencies } = JSON.parse(readFileSync(join(client, 'package.json'), 'utf8'));
for (const name of Object.keys(peerDependencies)) {
  link(name);
  link(`@types/${name}`);
}
for (const [moduleResolution, module] of Object.entries(RESOLUTIONS)) {
  const compilerOptions = { ...STRICT, module, moduleResolution };
  const used = readdirSync(sources).filter(name => name.endsWith('.ts'));
  writeFileSync(join(project, `tsconfig-${moduleResolution}.json`), JSON.stringify({ compilerOptions, files: used }));
}
console.log(filename);
files.forEach(({ path }) => console.log(path));
