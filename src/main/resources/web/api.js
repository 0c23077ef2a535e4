// The client of the page, and the requests that only this page makes.
import { createClient } from '/client.js';

export const client = createClient(); // Shares login and connection with the application's pages at /app/.

const call = (method, path, body, headers) => client.request(method, path, { body, headers });

/** Returns whether the account can be used at once. If that would reveal who has an account, a mail says how to continue instead. */
export async function register(fields) {
  return (await call('POST', '/api/auth/register', fields)).status === 201;
}

/** Creates the first administrator with the token of the printed link. */
export const firstAdministrator = (token, fields) => call('POST', '/api/auth/first-administrator', { token, ...fields });

export const verifyEmail = token => call('POST', '/api/auth/verify-email', { token });
export const resendVerification = email => call('POST', '/api/auth/verify-email/resend', { email });
export const confirmEmail = token => call('POST', '/api/auth/confirm-email', { token });
export const forgotPassword = fields => call('POST', '/api/auth/password/forgot', fields);
export const resetPassword = (token, password) => call('POST', '/api/auth/password/reset', { token, password });

export async function preferences() {
  const { body, headers } = await call('GET', '/api/me/preferences');
  return { values: body, tag: headers.get('ETag') };
}

export async function changePreference(name, value) {
  const { values, tag } = await preferences();
  await call('PUT', '/api/me/preferences', { ...values, [name]: value }, tag ? { 'If-Match': tag } : {});
}

const PAGES_MAX = 10; // A page looks at a bounded part of the log, and may have found nothing in it.

/** Returns the newest events of these channels that are wanted, oldest first, and the cursor from which a subscription goes on. */
export async function newest(channels, limit, wanted) {
  const items = [];
  let before;
  let cursor;
  for (let page = 0; page < PAGES_MAX && items.length < limit && (page === 0 || before); page++) {
    const { body, headers } = await client.request('GET', '/api/events', { query: { order: 'desc', limit, channels: channels.join(), before } });
    cursor ??= headers.get('Skelly-Position');
    items.push(...body.items.filter(wanted));
    before = body.nextCursor;
  }
  return { items: items.slice(0, limit).reverse(), cursor };
}

/** Returns the name of a person, or an empty text. */
export const nameOf = id => call('GET', `/api/profiles/${id}`).then(({ body }) => body.name || '', () => '');

/** Returns the types that this person sees, by name. */
export const eventTypes = async () => (await call('GET', '/api/event-types')).body.items;

export async function me() {
  const { body, headers } = await call('GET', '/api/me');
  return { user: body, tag: headers.get('ETag') };
}

export const rename = (name, tag) => call('PATCH', '/api/me', { name }, { 'If-Match': tag });
export const changePassword = fields => call('PUT', '/api/me/password', fields);
export const changeEmail = fields => call('PUT', '/api/me/email', fields);
export const signIns = async () => (await call('GET', '/api/auth/sessions')).body;
export const endSignIn = id => call('DELETE', `/api/auth/sessions/${id}`);

export async function endAllSignIns() {
  await call('DELETE', '/api/auth/sessions');
  await client.logout();
}

export async function exportAll() {
  return new Blob([JSON.stringify((await call('GET', '/api/me/export')).body, null, 2)], { type: 'application/json' });
}

export async function eraseAccount(password, tag) {
  await call('DELETE', '/api/me', { password }, { 'If-Match': tag });
  await client.logout();
}
