import { BOT, TEAM } from '../identity.ts';
import type { Json, View } from '../types.ts';

/** A view as the Web API answers it. */
export function viewShape(view: View): Json {
  return { ...viewHead(view), blocks: view.blocks, state: { values: view.typed } };
}

/** A view as payloads and events carry it; the form's contents come apart, in `state`. */
export function viewHead(view: View, values: Json = {}): Json {
  const { title, submit, close } = view.body;
  return {
    id: view.id,
    team_id: TEAM.id,
    type: view.type,
    ...(title ? { title } : {}),
    ...(submit ? { submit } : {}),
    ...(close ? { close } : {}),
    private_metadata: view.body.private_metadata ?? '',
    callback_id: view.body.callback_id ?? '',
    external_id: view.body.external_id ?? '',
    state: { values },
    hash: view.hash,
    clear_on_close: view.body.clear_on_close ?? false,
    notify_on_close: view.body.notify_on_close ?? false,
    root_view_id: view.rootId,
    ...(view.previousId ? { previous_view_id: view.previousId } : {}),
    app_id: BOT.appId,
    app_installed_team_id: TEAM.id,
    bot_id: BOT.botId,
  };
}
