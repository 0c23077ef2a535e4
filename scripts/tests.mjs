// For scripts/test: the tests that a change affects (changed), Maven's arguments for classes (plan), the flaky tests (flaky).
// For scripts/torture: the result of one part (row), and of all parts (table).
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, readdirSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';

const SECONDS_MAX = 100; // of tests; compilation is extra
const SECONDS_UNKNOWN = { unit: 0.5, integration: 4 };
const REPORTS = ['target/surefire-reports', 'target/failsafe-reports'];
const ALWAYS = ['ArchitectureTest', 'TidyTest'];

const files = folder =>
  existsSync(folder)
    ? readdirSync(folder, { recursive: true, withFileTypes: true })
        .filter(entry => entry.isFile())
        .map(entry => join(entry.parentPath ?? entry.path, entry.name))
    : [];
const isTest = name => /(Test|IT)$/.test(name);

/** Reads every Java file: its name, package and text, and the files whose classes it names (imported or of its own package). */
function sources() {
  const all = ['src/main/java', 'src/test/java']
    .flatMap(files)
    .filter(path => path.endsWith('.java') && !path.endsWith('package-info.java'))
    .map(path => {
      const text = readFileSync(path, 'utf8');
      return { path, name: basename(path, '.java'), text, pack: /^package ([\w.]+);/m.exec(text)?.[1] ?? '', test: path.startsWith('src/test') };
    });
  const byClass = new Map(all.map(one => [`${one.pack}.${one.name}`, one]));
  for (const one of all) {
    const words = new Set(one.text.match(/\b[A-Z]\w*/g));
    const named = new Set([...one.text.matchAll(/^import (?:static )?([\w.]+?)(?:\.[a-z_A-Z]\w*)?;/gm)].map(found => found[1]));
    for (const found of one.text.matchAll(/^import ([\w.]+);/gm)) {
      named.add(found[1]);
    }
    for (const word of words) {
      named.add(`${one.pack}.${word}`);
    }
    one.uses = new Set([...named].map(name => byClass.get(name)).filter(other => other && other !== one));
  }
  return all;
}

/** Returns the files that lead to one of these, through test code only. */
function usersInTests(all, targets) {
  const found = new Set(targets);
  for (let grown = true; grown; ) {
    grown = false;
    for (const one of all) {
      if (one.test && !found.has(one) && [...one.uses].some(used => found.has(used) && (used.test || targets.includes(used)))) {
        found.add(one);
        grown = true;
      }
    }
  }
  return [...found];
}

function git(...words) {
  return execFileSync('git', words, { encoding: 'utf8' }).split('\n').filter(line => line !== '');
}

function changedPaths(rev) {
  const branch = git('rev-parse', '--abbrev-ref', 'HEAD')[0];
  const base = rev ?? (branch === 'main' ? 'HEAD' : git('merge-base', 'main', 'HEAD')[0]);
  return [...git('diff', '--name-only', base), ...git('ls-files', '--others', '--exclude-standard')];
}

function secondsOf(name) {
  for (const folder of REPORTS) {
    const report = files(folder).find(path => path.endsWith(`.${name}.xml`));
    const time = report && /<testsuite[^>]* time="([\d.]+)"/.exec(readFileSync(report, 'utf8'));
    if (time) {
      return Number(time[1]);
    }
  }
  return name.endsWith('IT') ? SECONDS_UNKNOWN.integration : SECONDS_UNKNOWN.unit;
}

/** Orders tests by their distance to the change: changed tests, tests beside it or naming it, tests of its users. */
function touched(all, paths) {
  const changed = all.filter(one => paths.includes(one.path));
  const folders = paths.filter(path => path.startsWith('src/main/resources/db/')).map(path => path.split('/')[4]);
  const main = [...changed.filter(one => !one.test), ...all.filter(one => !one.test && folders.includes(one.pack.split('.').pop()))];
  const packs = new Set(main.map(one => one.pack));
  const beside = all.filter(one => one.test && (packs.has(one.pack) || [...one.uses].some(used => main.includes(used))));
  const support = changed.filter(one => one.test && !isTest(one.name));
  const users = all.filter(one => !one.test && [...one.uses].some(used => main.includes(used)));
  const further = all.filter(one => one.test && [...one.uses].some(used => users.includes(used)));
  const others = [
    [/^src\/(main\/resources\/)?web\//, /\.page$/],
    [/^conf\//, /^dev\.skelly(\.config)?$/],
    [/^src\/test\/resources\/access\//, /^dev\.skelly(\.access)?$/],
    [/^docker\/broker\/|^scripts\/broker-queues/, /\.embedded$/],
    [/^src\/docs\/|^README|^CHANGELOG|^CONTRIBUTING|^scripts\//, /^dev\.skelly$/],
  ].flatMap(([path, pack]) => (paths.some(one => path.test(one)) ? all.filter(one => one.test && pack.test(one.pack)) : []));
  const always = paths.length > 0 ? all.filter(one => ALWAYS.includes(one.name)) : [];
  const ordered = [...always, ...changed, ...beside, ...usersInTests(all, support), ...others, ...further];
  return [...new Set(ordered.map(one => one.name))].filter(isTest);
}

function changed(rev) {
  let seconds = 0;
  const left = [];
  for (const name of touched(sources(), changedPaths(rev))) {
    const more = secondsOf(name);
    if (seconds + more > SECONDS_MAX) {
      left.push(name);
    } else {
      seconds += more;
      console.log(name);
    }
  }
  if (left.length > 0) {
    console.error(`scripts/test: left out for time: ${left.join(' ')}`);
  }
}

function plan(names) {
  const all = sources();
  const known = new Map(all.filter(one => one.test && isTest(one.name)).map(one => [one.name, one]));
  const unknown = names.filter(name => !known.has(name.split('#')[0]));
  if (unknown.length > 0) {
    console.error(`scripts/test: no such test: ${unknown.join(' ')} (expected: names of classes under src/test/java that end in Test or IT)`);
    process.exit(2);
  }
  const units = names.filter(name => !name.split('#')[0].endsWith('IT'));
  const integrations = names.filter(name => name.split('#')[0].endsWith('IT'));
  const starters = usersInTests(all, all.filter(one => one.test && /SkellyProcess\.start\(|target\/skelly\.jar|"thin"/.test(one.text)));
  const jar = integrations.some(name => starters.includes(known.get(name.split('#')[0])));
  const lines = [`-Dtest=${units.join(',') || 'NONE'}`, '-Dsurefire.failIfNoSpecifiedTests=false'];
  if (integrations.length > 0) {
    lines.push(`-Dit.test=${integrations.join(',')}`, '-Dfailsafe.failIfNoSpecifiedTests=false', '-Dmaven.javadoc.skip=true');
    lines.unshift(...(jar ? ['verify'] : ['test', 'failsafe:integration-test', 'failsafe:verify']));
  } else {
    lines.unshift('test');
  }
  console.log(lines.join('\n'));
}

/** Returns the texts of the reports written since a time in seconds of the epoch. */
const reports = (since = 0) =>
  REPORTS.flatMap(files)
    .filter(path => /TEST-.*\.xml$/.test(path) && statSync(path).mtimeMs / 1000 >= since)
    .map(path => readFileSync(path, 'utf8'));

/** Returns the names of the test cases in these reports that have an element of this kind. */
function testsWith(element, texts) {
  const read = (attributes, name) => new RegExp(`(?:^| )${name}="([^"]*)"`).exec(attributes)?.[1] ?? '';
  return texts
    .flatMap(report => [...report.matchAll(/<testcase ([^>]*[^/])>(.*?)<\/testcase>/gs)])
    .filter(one => element.test(one[2]))
    .map(one => `${read(one[1], 'classname')}.${read(one[1], 'name')}`);
}

function flaky(since) {
  testsWith(/<flaky(Failure|Error)/, reports(Number(since))).forEach(name => console.log(`FLAKY ${name}: failed, then passed`));
}

/** Prints one part's line with tabs between its fields: counts from the reports, figures from the output of the tests; 1 after a failure. */
function row(part, round, seconds, log) {
  const suites = reports().map(report => /<testsuite[^>]*>/.exec(report)?.[0] ?? '');
  const sum = name => suites.reduce((total, suite) => total + Number(new RegExp(` ${name}="(\\d+)"`).exec(suite)?.[1] ?? 0), 0);
  const failed = sum('failures') + sum('errors');
  const ran = sum('tests') - sum('skipped');
  const figures = readFileSync(log, 'utf8')
    .split('\n')
    .map(line => /\{"(?:test|promise|seed)".*\}/.exec(line)?.[0])
    .filter(line => line !== undefined)
    .map(line => line.replace(/"seed":(-?\d+)/, '"seed":"$1"')); // Longer than a number of JavaScript is exact.
  const broken = testsWith(/<(failure|error)\b/, reports()).map(name => JSON.stringify({ test: 'FAILED', name }));
  console.log([part, round, ran, failed, `${seconds} s`, ...broken, ...figures].join('\t'));
  process.exitCode = failed > 0 || ran === 0 ? 1 : 0;
}

/** Prints one line a part, then one for each of its figures. A promise that was measured several times appears once, with its slowest time. */
function table(file) {
  const rows = readFileSync(file, 'utf8').trim().split('\n').map(line => line.split('\t'));
  const lines = [['part', 'round', 'tests', 'failed', 'time', 'what it measured']];
  for (const [part, round, ran, failed, time, ...figures] of rows) {
    lines.push([part, round, ran, failed, time, '']);
    const promises = new Map();
    for (const { test, promise, tookMs, promisedMs, ...more } of figures.map(read)) {
      if (promise) {
        const before = promises.get(promise) ?? { times: 0, slowest: 0 };
        promises.set(promise, { times: before.times + 1, slowest: Math.max(before.slowest, tookMs), promisedMs });
      } else {
        lines.push(['', '', '', '', '', `${test}: ${brief(more)}`]);
      }
    }
    for (const [promise, { times, slowest, promisedMs }] of promises) {
      lines.push(['', '', '', '', '', `${promise}: ${slowest} ms${times > 1 ? `, slowest of ${times}` : ''} (promised: ${promisedMs} ms)`]);
    }
  }
  const widths = lines[0].map((_, column) => Math.max(...lines.map(line => line[column].length)));
  console.log(lines.map(line => line.map((cell, column) => (column < 5 ? cell.padEnd(widths[column]) : cell)).join('  ').trimEnd()).join('\n'));
}

/** Returns what a test printed; text that is not JSON stays as it is. */
function read(figure) {
  try {
    return JSON.parse(figure);
  } catch {
    return { test: 'as printed', figure };
  }
}

const brief = figures => Object.entries(figures).map(([name, value]) => `${name} ${typeof value === 'object' ? JSON.stringify(value) : value}`).join(', ');

const [what, ...words] = process.argv.slice(2);
({ changed: () => changed(words[0]), plan: () => plan(words), flaky: () => flaky(words[0]), row: () => row(...words), table: () => table(words[0]) })[what]();
