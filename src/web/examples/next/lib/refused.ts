import type { Problem } from '@skelly/client';
import { toast } from 'sonner';

/** Shows why the node refused something: a sentence for each fault. */
export function refused(error: unknown) {
  const { message, errors } = error as Problem;
  toast.error(errors.map(({ pointer, detail }) => `${pointer.split('/').pop()} ${detail}`).join(', ') || message);
}
