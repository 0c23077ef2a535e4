import { refusal, response } from './testing-http.js';
import type { User } from './types.js';

const LIFE_SECONDS = 600;

export type FakeUser = User & { readonly name: string };

export interface Accounts {
  /** The person of a short name such as `ada`, who exists from then on; of an account's address, if there is one. */
  person(name: string, roles?: readonly string[]): FakeUser;
  /** A password with which the person can log in. */
  password(email: string): string;
  register(fields: { email: string; password: string; name?: string }): Response;
  login(fields: { email: string; password: string; session?: 'token' | 'cookie' }): Response;
  refresh(refreshToken: string | undefined): Response;
  logout(user: FakeUser | null): Response;
  /** The person of an `Authorization` header; null without a valid one. */
  authenticate(header: string | null): FakeUser | null;
  mayRead(user: FakeUser | null, channel: string): boolean;
}

/** People and their sessions. A person who never registered has any password. */
export function createAccounts(id: () => string): Accounts {
  const people = new Map<string, FakeUser>();
  const passwords = new Map<string, string>();
  const access = new Map<string, FakeUser>();
  const refreshing = new Map<string, FakeUser>();
  let cookie: FakeUser | null = null;

  const address = (name: string) => (name.includes('@') ? name : `${name.toLowerCase()}@example.org`);

  function person(name: string, roles?: readonly string[], called?: string): FakeUser {
    const email = address(name);
    const short = email.slice(0, email.indexOf('@'));
    const known = people.get(email);
    const now: FakeUser = {
      ...(known ?? { id: id(), email, name: called ?? short.charAt(0).toUpperCase() + short.slice(1), roles: ['user'], verified: true }),
      ...(roles && { roles }),
    };
    people.set(email, now);
    return now;
  }

  function enter(user: FakeUser, token: boolean): Response {
    const accessToken = `access-${id()}`;
    access.set(accessToken, user);
    const refreshToken = `refresh-${id()}`;
    if (token) {
      refreshing.set(refreshToken, user);
    } else {
      cookie = user;
    }
    return response({ body: { accessToken, tokenType: 'Bearer', expiresIn: LIFE_SECONDS, user, ...(token && { refreshToken }) } });
  }

  return {
    person,
    password: email => passwords.get(email) ?? 'fake',
    register({ email, password, name }) {
      const user = person(email, undefined, name);
      passwords.set(user.email, password);
      return response({ status: 201, body: { id: user.id }, headers: { Location: `/api/users/${user.id}` } });
    },
    login({ email, password, session }) {
      const user = people.get(address(email));
      if (!user || (passwords.has(user.email) && passwords.get(user.email) !== password)) {
        return refusal({ status: 401, code: 'wrong-credentials', detail: 'the address or the password is wrong' });
      }
      return enter(user, session === 'token');
    },
    refresh(refreshToken) {
      const user = refreshToken ? refreshing.get(refreshToken) : cookie;
      if (!user) {
        return refusal({ status: 401, code: 'invalid-refresh-token', detail: 'the session has ended; sign in again' });
      }
      refreshing.delete(refreshToken ?? '');
      return enter(user, !!refreshToken);
    },
    logout(user) {
      for (const sessions of [access, refreshing]) {
        sessions.forEach((owner, token) => owner.id === user?.id && sessions.delete(token));
      }
      cookie = cookie?.id === user?.id ? null : cookie;
      return response({});
    },
    authenticate: header => access.get(header?.replace(/^Bearer /, '') ?? '') ?? cookie,
    mayRead: (user, channel) =>
      channel === 'public' || channel.startsWith('topic:') || channel === `user:${user?.id}` || !!user?.roles.some(role => channel === `role:${role}`),
  };
}
