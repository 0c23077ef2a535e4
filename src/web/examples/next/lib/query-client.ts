import { QueryClient } from '@tanstack/react-query';

/** What the page has read. Queries run in browsers only, so one for the module shares nothing between people. */
export const queryClient = new QueryClient();
