/** What a public report does not show unless a person decides so. */
export type HeldKind =
  | 'secret'
  | 'password'
  | 'email'
  | 'ip'
  | 'private-link'
  | 'user-name'
  | 'handle'
  | 'long-log'
  | 'picture';

/** Where a rule looks: `@name` in a program is a decorator, in a sentence it is somebody. */
export type Scope = 'words' | 'code';

interface HeldWords {
  /** In the preview: `an e-mail address`. */
  name: string;
  /** What stands in the public report instead; nothing where it is left out. */
  instead: string;
}

export const HELD_WORDS: Record<HeldKind, HeldWords> = {
  secret: { name: 'a key or token', instead: '(key held back)' },
  password: { name: 'a password', instead: '(password held back)' },
  email: { name: 'an e-mail address', instead: '(e-mail address held back)' },
  ip: { name: 'an IP address', instead: '(IP address held back)' },
  'private-link': { name: 'a link that only the team can open', instead: '(private link held back)' },
  'user-name': { name: 'a user’s name', instead: '(user)' },
  handle: { name: 'somebody’s handle', instead: '(somebody)' },
  'long-log': { name: 'a long log', instead: '(log held back)' },
  // No detector reads what a picture shows.
  picture: { name: 'a picture', instead: '' },
};
