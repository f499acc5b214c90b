import { userInfo } from 'node:os';

/** The name of the user of this machine; `undefined` if it has none, as in some containers. */
export function userName({ USER, USERNAME }: NodeJS.ProcessEnv): string | undefined {
  try {
    return userInfo().username;
  } catch {
    return USER || USERNAME || undefined;
  }
}
