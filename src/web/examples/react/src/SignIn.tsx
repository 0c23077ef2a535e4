import type { Problem } from '@skelly/client';
import { useState, type ComponentProps, type SubmitEvent } from 'react';
import { client } from './client';

function Field({ name, label, problem, ...input }: ComponentProps<'input'> & { name: string; label: string; problem: Problem | null }) {
  const faults = problem?.errors.filter(({ pointer }) => pointer === `#/${name}`) ?? [];
  return (
    <div>
      <label htmlFor={name}>{label}</label>
      <input id={name} name={name} aria-invalid={faults.length > 0} aria-describedby={`${name}-faults`} {...input} />
      <p id={`${name}-faults`} className="fault">{faults.map(({ detail }) => detail).join(', ')}</p>
    </div>
  );
}

export function SignIn() {
  const [isNew, setNew] = useState(false);
  const [problem, setProblem] = useState<Problem | null>(null);

  async function submit(event: SubmitEvent<HTMLFormElement>) {
    event.preventDefault(); // An action of React would empty the fields after a refusal.
    const form = new FormData(event.currentTarget);
    const [email, password, name] = ['email', 'password', 'name'].map(field => String(form.get(field) ?? '')) as [string, string, string];
    setProblem(null);
    try {
      if (isNew) await client.register({ email, password, name });
      await client.login({ email, password });
    } catch (error) {
      setProblem(error as Problem);
    }
  }

  return (
    // noValidate: the server names all faults at once, by the same rules for every client.
    <form className="sign-in" noValidate onSubmit={event => void submit(event)}>
      <h1>{isNew ? 'Create an account' : 'Sign in'}</h1>
      {isNew && <Field name="name" label="Name" autoComplete="name" problem={problem} />}
      <Field name="email" label="Email" type="email" autoComplete="username" problem={problem} />
      <Field name="password" label="Password" type="password" autoComplete={isNew ? 'new-password' : 'current-password'} problem={problem} />
      <p role="alert" className="fault">{problem?.errors.length ? 'Please correct the marked fields.' : problem?.message}</p>
      <button>{isNew ? 'Create account' : 'Sign in'}</button>
      <button type="button" className="link" onClick={() => (setNew(!isNew), setProblem(null))}>{isNew ? 'I have an account' : 'I am new'}</button>
    </form>
  );
}
