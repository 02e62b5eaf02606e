/** What the seated person sees now; `channel` is the open conversation. */
export async function readWorkspace(user, channel) {
  const query = new URLSearchParams({ ...(user ? { user } : {}), ...(channel ? { channel } : {}) });
  return answer(await fetch(`/api/workspace?${query}`));
}

export async function readFile(id, user) {
  return answer(await fetch(`/api/files/${encodeURIComponent(id)}?${new URLSearchParams({ user })}`));
}

export async function readSettings() {
  return answer(await fetch('/api/settings'));
}

/** One thing that a person does. Throws an Error with words for the person when it is refused. */
export async function act(gesture) {
  return answer(
    await fetch('/api/gestures', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(gesture),
    }),
  );
}

/** Calls back after every change of the workspace, and with `false` while the server is out of reach. */
export function watch(onChange, onReach) {
  const source = new EventSource('/api/changes');
  source.addEventListener('change', onChange);
  source.addEventListener('open', () => {
    onReach(true);
    onChange();
  });
  source.addEventListener('error', () => onReach(false));
}

async function answer(response) {
  const body = await response.json().catch(() => ({}));
  if (!response.ok) throw new Error(body.error ?? `The workspace answered ${response.status}.`);
  return body;
}
