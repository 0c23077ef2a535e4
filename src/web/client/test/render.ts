import './dom.js';
import { act, createElement, StrictMode, type ReactElement, type ReactNode } from 'react';
import { createRoot } from 'react-dom/client';
import { SkellyProvider } from '../src/react.js';
import type { SkellyClient } from '../src/types.js';

export interface Rendered {
  text(): string;
  again(element: ReactElement): Promise<void>;
  unmount(): Promise<void>;
}

/** Renders below a provider, in StrictMode, which runs all effects twice. */
export async function render(client: SkellyClient<any>, element: ReactElement): Promise<Rendered> {
  const container = document.createElement('div');
  const root = createRoot(container);
  const whole = (children: ReactNode) => createElement(StrictMode, null, createElement(SkellyProvider, { client }, children));
  await act(async () => root.render(whole(element)));
  return {
    text: () => container.textContent ?? '',
    again: next => act(async () => root.render(whole(next))),
    unmount: () => act(async () => root.unmount()),
  };
}

/** Runs something inside of act, which also waits for what it starts. */
export const during = (run: () => unknown): Promise<void> =>
  act(async () => {
    await run();
  });
