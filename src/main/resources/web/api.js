// Talks to the server: problems become errors, and the access token is renewed before it ends.

/** What the server refuses, in the words of RFC 9457. */
export class Refusal extends Error {
  constructor(status, problem, retryAfter) {
    super(problem.detail || problem.title || 'Something went wrong.');
    this.status = status;
    this.code = problem.code || '';
    this.faults = problem.errors || [];
    this.retryAfter = retryAfter;
  }
}

const HINT = 'skelly.signed-in'; // Only whether it is worth asking; the tokens are in cookies that no script reads.
let token = '';
let renewal = 0;

async function send(method, path, body, headers = {}) {
  const options = { method, headers: { ...headers }, credentials: 'same-origin' };
  if (token) {
    options.headers.Authorization = `Bearer ${token}`;
  }
  if (body !== undefined) {
    options.headers['Content-Type'] = 'application/json';
    options.body = JSON.stringify(body);
  }
  const answer = await fetch(path, options);
  if (answer.ok) {
    return answer;
  }
  const problem = await answer.json().catch(() => ({}));
  throw new Refusal(answer.status, problem, Number(answer.headers.get('Retry-After')) || 0);
}

async function entered(answer) {
  const signedIn = await answer.json();
  token = signedIn.accessToken;
  localStorage.setItem(HINT, 'yes');
  clearTimeout(renewal);
  // Well before its end, and not all tabs at the same moment.
  renewal = setTimeout(() => renew().catch(() => {}), signedIn.expiresIn * (600 + Math.random() * 200));
  return signedIn.user;
}

function forget() {
  token = '';
  clearTimeout(renewal);
  localStorage.removeItem(HINT);
}

/** Whether somebody was signed in here when this browser was last used. */
export const wasSignedIn = () => localStorage.getItem(HINT) !== null;

/** Calls back when another tab signs out. */
export function onSignedOutElsewhere(then) {
  addEventListener('storage', event => {
    if (event.key === HINT && event.newValue === null && token) {
      forget();
      then();
    }
  });
}

export async function register(fields) {
  await send('POST', '/api/auth/register', fields);
}

export async function login(fields) {
  token = '';
  return entered(await send('POST', '/api/auth/login', fields));
}

/** The next access token, by the refresh cookie. One tab at a time: a refresh token is good for one use. */
export async function renew() {
  const ask = async () => {
    token = '';
    return entered(await send('POST', '/api/auth/refresh', {}));
  };
  try {
    return await (navigator.locks ? navigator.locks.request('skelly-renew', ask) : ask());
  } catch (failure) {
    if (failure.status === 401) {
      forget();
    }
    throw failure;
  }
}

export async function logout() {
  try {
    await send('POST', '/api/auth/logout');
  } finally {
    forget();
  }
}

export async function verifyEmail(proof) {
  await send('POST', '/api/auth/verify-email', { token: proof });
}

export async function preferences() {
  const answer = await send('GET', '/api/me/preferences');
  return { values: await answer.json(), tag: answer.headers.get('ETag') };
}

export async function changePreference(name, value) {
  const { values, tag } = await preferences();
  await send('PUT', '/api/me/preferences', { ...values, [name]: value }, tag ? { 'If-Match': tag } : {});
}
