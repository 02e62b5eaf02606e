import type { SlackWorkspace } from '../workspace.ts';

/** What the page asks of the workspace: the same door that a test drives it by. */
export type PageWorkspace = Pick<
  SlackWorkspace,
  | 'botUserId'
  | 'now'
  | 'onChange'
  | 'people'
  | 'channels'
  | 'messages'
  | 'replies'
  | 'directChannel'
  | 'directMessages'
  | 'ephemerals'
  | 'views'
  | 'home'
  | 'pins'
  | 'bookmarks'
  | 'files'
  | 'say'
  | 'edit'
  | 'remove'
  | 'react'
  | 'unreact'
  | 'join'
  | 'command'
  | 'press'
  | 'submit'
  | 'close'
  | 'shortcut'
  | 'openHome'
>;
