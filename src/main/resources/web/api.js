// Calls the server. Problems become errors, and the access token is renewed before it expires.

/** A problem (RFC 9457) in a response of the server. */
export class Refusal extends Error {
  constructor(status, problem, retryAfter) {
    super(problem.detail || problem.title || 'Something went wrong.');
    this.status = status;
    this.code = problem.code || '';
    this.faults = problem.errors || [];
    this.retryAfter = retryAfter;
  }
}

const HINT = 'skelly.signed-in'; // Only whether a refresh makes sense; scripts cannot read the cookies with the tokens.
let token = '';
let renewal = 0;

async function send(method, path, body, headers = {}, again = false) {
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
  if (answer.status === 401 && token && !again) {
    await renew(); // Rights changed: a new token has the new ones.
    return send(method, path, body, headers, true);
  }
  const problem = await answer.json().catch(() => ({}));
  throw new Refusal(answer.status, problem, Number(answer.headers.get('Retry-After')) || 0);
}

async function entered(answer) {
  const signedIn = await answer.json();
  token = signedIn.accessToken;
  localStorage.setItem(HINT, 'yes');
  clearTimeout(renewal);
  // Well before it expires, and in each tab at another time.
  renewal = setTimeout(() => renew().catch(() => {}), signedIn.expiresIn * (600 + Math.random() * 200));
  return signedIn.user;
}

function forget() {
  token = '';
  clearTimeout(renewal);
  localStorage.removeItem(HINT);
}

/** Whether a session existed when this browser was last used. */
export const wasSignedIn = () => localStorage.getItem(HINT) !== null;

/** Calls `then` when another tab signs out. */
export function onSignedOutElsewhere(then) {
  addEventListener('storage', event => {
    if (event.key === HINT && event.newValue === null && token) {
      forget();
      then();
    }
  });
}

/** Returns whether the account can be used at once. If that would reveal who has an account, a mail says how to continue instead. */
export async function register(fields) {
  return (await send('POST', '/api/auth/register', fields)).status === 201;
}

/** Creates the first administrator with the token of the printed link. */
export async function firstAdministrator(proof, fields) {
  await send('POST', '/api/auth/first-administrator', { token: proof, ...fields });
}

export async function login(fields) {
  token = '';
  return entered(await send('POST', '/api/auth/login', fields));
}

/** Gets a new access token with the refresh cookie. One tab at a time, because a refresh token works once. */
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

export async function notifications() {
  return (await send('GET', '/api/notifications?limit=20')).json();
}

export async function changeNotifications(change) {
  await send('PATCH', '/api/notifications', change);
}

export async function emit(type, data) {
  await send('POST', '/api/events', { type, data });
}

export async function resendVerification(email) {
  await send('POST', '/api/auth/verify-email/resend', { email });
}

export async function confirmEmail(proof) {
  await send('POST', '/api/auth/confirm-email', { token: proof });
}

export async function forgotPassword(fields) {
  await send('POST', '/api/auth/password/forgot', fields);
}

export async function resetPassword(proof, password) {
  await send('POST', '/api/auth/password/reset', { token: proof, password });
}

const PAGES_MAX = 10; // A page looks at a bounded part of the log, and may have found nothing in it.

/** Returns the newest events of these channels that are wanted, oldest first, and the cursor from which a stream goes on. */
export async function newest(channels, limit, wanted) {
  const items = [];
  let before = '';
  let cursor = null;
  for (let page = 0; page < PAGES_MAX && items.length < limit && before !== undefined; page++) {
    const query = `order=desc&limit=${limit}&channels=${encodeURIComponent(channels.join(','))}${before && `&before=${before}`}`;
    const answer = await send('GET', `/api/events?${query}`);
    const found = await answer.json();
    cursor ??= answer.headers.get('Skelly-Position');
    items.push(...found.items.filter(wanted));
    before = found.nextCursor;
  }
  return { items: items.slice(0, limit).reverse(), cursor };
}

/** Returns the name of a person, or an empty text. */
export async function nameOf(id) {
  try {
    return (await (await send('GET', `/api/profiles/${id}`)).json()).name || '';
  } catch {
    return '';
  }
}

export async function me() {
  const answer = await send('GET', '/api/me');
  return { user: await answer.json(), tag: answer.headers.get('ETag') };
}

export async function rename(name, tag) {
  await send('PATCH', '/api/me', { name }, { 'If-Match': tag });
}

export async function changePassword(fields) {
  await send('PUT', '/api/me/password', fields);
}

export async function changeEmail(fields) {
  await send('PUT', '/api/me/email', fields);
}

export async function signIns() {
  return (await send('GET', '/api/auth/sessions')).json();
}

export async function endSignIn(id) {
  await send('DELETE', `/api/auth/sessions/${id}`);
}

export async function endAllSignIns() {
  await send('DELETE', '/api/auth/sessions');
  forget();
}

export async function exportAll() {
  return (await send('GET', '/api/me/export')).blob();
}

export async function eraseAccount(password, tag) {
  await send('DELETE', '/api/me', { password }, { 'If-Match': tag });
  forget();
}
