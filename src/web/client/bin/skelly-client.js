#!/usr/bin/env node
// npx @skelly/client types URL > events.ts
const USAGE = `Usage: skelly-client types URL

Prints the event types of a Skelly server as TypeScript, on the standard output:

  npx @skelly/client types http://127.0.0.1:8080 > events.ts

Exit codes: 0 printed, 1 no such answer from the server, 2 wrong usage.
`;
const SECONDS_MAX = 30;

function end(code, text) {
  process.stderr.write(`${text}\n`);
  process.exit(code);
}

function address(text) {
  const base = URL.canParse(text) ? new URL(text) : undefined;
  if (base === undefined || !/^https?:$/.test(base.protocol)) {
    end(2, `skelly-client: not the address of a server: ${text} (expected: http://HOST:PORT or https://HOST)`);
  }
  base.pathname = `${base.pathname.replace(/\/+$/, '')}/types.ts`;
  base.search = base.hash = '';
  return base;
}

async function types(url) {
  let response;
  let text;
  try {
    response = await fetch(url, { signal: AbortSignal.timeout(SECONDS_MAX * 1000) });
    text = await response.text();
  } catch (failure) {
    const why = failure.name === 'TimeoutError' ? `no answer within ${SECONDS_MAX} s` : (failure.cause?.message || failure.cause?.code || failure.message);
    end(1, `skelly-client: cannot read ${url.href}: ${why}`);
  }
  if (!response.ok) {
    end(1, `skelly-client: ${url.href} answers ${response.status} ${response.statusText}`.trimEnd());
  }
  const kind = response.headers.get('content-type') ?? 'nothing';
  if (!kind.startsWith('text/plain') || !/^export /m.test(text)) {
    end(1, `skelly-client: ${url.href} is not the types of a Skelly server (it is ${kind})`);
  }
  process.stdout.write(text);
}

const [command, url, ...more] = process.argv.slice(2);
if (process.argv.slice(2).some(word => word === '--help' || word === '-h')) {
  process.stdout.write(USAGE);
} else if (command !== 'types' || url === undefined || more.length > 0) {
  end(2, USAGE.trimEnd());
} else {
  await types(address(url));
}
