import { bookmarkMethods } from './bookmarks.ts';
import { canvasMethods } from './canvases.ts';
import { channelMethods } from './channels.ts';
import { chatMethods } from './chat.ts';
import { fileMethods } from './files.ts';
import { historyMethods } from './history.ts';
import { markMethods } from './marks.ts';
import { memberMethods } from './members.ts';
import type { Method } from './method.ts';
import { userMethods } from './users.ts';
import { viewMethods } from './views.ts';

/** Every Web API method that the stand-in knows; any other is `unknown_method`. */
export const METHODS: ReadonlyMap<string, Method> = new Map<string, Method>(
  Object.entries({
    ...bookmarkMethods,
    ...canvasMethods,
    ...channelMethods,
    ...chatMethods,
    ...fileMethods,
    ...historyMethods,
    ...markMethods,
    ...memberMethods,
    ...userMethods,
    ...viewMethods,
  }),
);
