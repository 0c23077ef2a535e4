import { eventStream } from '../lib/event-stream';
import { refused } from '../lib/refused';

async function signIn(form: FormData) {
  const fields = { email: String(form.get('email')), password: String(form.get('password')) };
  if (form.get('new')) await eventStream.register({ ...fields, name: fields.email.split('@')[0]! });
  await eventStream.login(fields);
}

export function SignIn() {
  return (
    <form id="sign-in" action={form => void signIn(form).catch(refused)}>
      <input name="email" type="email" placeholder="Email" required autoComplete="username" />
      <input name="password" type="password" placeholder="Password" required autoComplete="current-password" />
      <label><input name="new" type="checkbox" /> I am new</label> <button>Sign in</button>
    </form>
  );
}
