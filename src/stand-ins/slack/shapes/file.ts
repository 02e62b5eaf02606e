import { TEAM, WORKSPACE_URL } from '../identity.ts';
import type { Channel, Json, StoredFile } from '../types.ts';

const TYPES: Record<string, [filetype: string, mimetype: string, pretty: string]> = {
  md: ['markdown', 'text/plain', 'Markdown (raw)'],
  txt: ['text', 'text/plain', 'Plain Text'],
  log: ['text', 'text/plain', 'Plain Text'],
  json: ['json', 'application/json', 'JSON'],
  csv: ['csv', 'text/csv', 'CSV'],
  svg: ['svg', 'image/svg+xml', 'SVG'],
  png: ['png', 'image/png', 'PNG'],
  jpg: ['jpg', 'image/jpeg', 'JPEG'],
  jpeg: ['jpg', 'image/jpeg', 'JPEG'],
  gif: ['gif', 'image/gif', 'GIF'],
  pdf: ['pdf', 'application/pdf', 'PDF'],
};

function typeOf(name: string): [string, string, string] {
  const extension = name.split('.').at(-1)?.toLowerCase() ?? '';
  return TYPES[extension] ?? ['binary', 'application/octet-stream', 'Binary'];
}

export function mimetypeOf(name: string): string {
  return typeOf(name)[1];
}

/** A file as it stands inside a message. `baseUrl` is where the bytes are to be had. */
export function fileShape(file: StoredFile, baseUrl: string): Json {
  // Of a file that was deleted its place is left.
  if (file.deleted) return { id: file.id, mode: 'tombstone' };
  const [filetype, , pretty] = typeOf(file.name);
  const path = `${TEAM.id}-${file.id}`;
  const isImage = file.mimetype.startsWith('image/');
  return {
    id: file.id,
    created: file.created,
    timestamp: file.created,
    name: file.name,
    title: file.title,
    mimetype: file.mimetype,
    filetype,
    pretty_type: pretty,
    user: file.user,
    user_team: TEAM.id,
    editable: false,
    size: file.bytes.length,
    mode: isImage || filetype === 'pdf' || filetype === 'binary' ? 'hosted' : 'snippet',
    is_external: false,
    external_type: '',
    is_public: true,
    public_url_shared: false,
    display_as_bot: false,
    username: '',
    url_private: `${baseUrl}/files-pri/${path}/${encodeURIComponent(file.name)}`,
    url_private_download: `${baseUrl}/files-pri/${path}/download/${encodeURIComponent(file.name)}`,
    permalink: `${WORKSPACE_URL}files/${file.user}/${file.id}/${encodeURIComponent(file.name)}`,
    has_rich_preview: false,
    file_access: 'visible',
    media_display_type: 'unknown',
    ...(file.canvas ? canvasShape(file, file.canvas.editors) : {}),
  };
}

function canvasShape({ user, created }: StoredFile, editors: readonly string[]): Json {
  return {
    mode: 'quip',
    filetype: 'quip',
    pretty_type: 'Canvas',
    editable: true,
    editors,
    last_editor: editors.at(-1) ?? user,
    edit_timestamp: created,
    updated: created,
  };
}

/** A file with where it was shared, which is the only place that names the message it made. */
export function sharedFileShape(
  file: StoredFile,
  baseUrl: string,
  channels: ReadonlyMap<string, Channel>,
): Json {
  const shares: { public: Json; private: Json } = { public: {}, private: {} };
  const ids: Record<'channels' | 'groups' | 'ims', string[]> = { channels: [], groups: [], ims: [] };
  for (const share of file.shares) {
    const channel = channels.get(share.channel);
    if (!channel) continue;
    const place = channel.private ? shares.private : shares.public;
    const before = Array.isArray(place[channel.id]) ? (place[channel.id] as unknown[]) : [];
    place[channel.id] = [
      ...before,
      {
        reply_users: [],
        reply_users_count: 0,
        reply_count: 0,
        ts: share.ts,
        ...(share.threadTs ? { thread_ts: share.threadTs } : {}),
        channel_name: channel.name,
        team_id: TEAM.id,
        share_user_id: file.user,
        source: 'UNKNOWN',
      },
    ];
    if (channel.kind === 'im') ids.ims.push(channel.id);
    else if (channel.private) ids.groups.push(channel.id);
    else ids.channels.push(channel.id);
  }
  const filled = Object.fromEntries(
    Object.entries(shares).filter(([, places]) => Object.keys(places).length > 0),
  );
  return { ...fileShape(file, baseUrl), shares: filled, ...ids, has_more_shares: false };
}
