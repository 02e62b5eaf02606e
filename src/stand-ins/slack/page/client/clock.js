const formats = new Map();

function format(date, tz, options) {
  const name = JSON.stringify([tz, options]);
  if (!formats.has(name)) formats.set(name, new Intl.DateTimeFormat('en-GB', { ...options, timeZone: tz }));
  return formats.get(name).format(date);
}

/** A Slack time stamp (`1755012345.000100`) or epoch seconds as a Date. */
export function fromTs(ts) {
  return new Date(Number(ts) * 1000);
}

export function timeOf(date, tz) {
  return format(date, tz, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });
}

export function fullTimeOf(date, tz) {
  return format(date, tz, {
    weekday: 'long',
    day: 'numeric',
    month: 'long',
    year: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    hourCycle: 'h23',
    timeZoneName: 'short',
  });
}

/** The local calendar day, comparable as text. */
export function dayOf(date, tz) {
  return new Intl.DateTimeFormat('en-CA', { timeZone: tz }).format(date);
}

export function dayName(date, tz, now) {
  const day = dayOf(date, tz);
  if (day === dayOf(now, tz)) return 'Today';
  if (day === dayOf(new Date(now.getTime() - 86_400_000), tz)) return 'Yesterday';
  return format(date, tz, { weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' });
}

export function weekdayOf(date, tz) {
  return format(date, tz, { weekday: 'short' });
}

/** Fills the `{date}` and `{time}` tokens of Slack's `<!date^…>` in the reader's own zone. */
export function fillDate(seconds, pattern, tz, now) {
  const date = fromTs(seconds);
  const relative = dayName(date, tz, now);
  const near = relative === 'Today' || relative === 'Yesterday' ? relative.toLowerCase() : undefined;
  const long = format(date, tz, { weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' });
  const short = format(date, tz, { day: 'numeric', month: 'short', year: 'numeric' });
  const plain = format(date, tz, { day: 'numeric', month: 'long', year: 'numeric' });
  const tokens = {
    date: plain,
    date_num: dayOf(date, tz),
    date_short: short,
    date_long: long,
    date_pretty: near ?? plain,
    date_short_pretty: near ?? short,
    date_long_pretty: near ?? long,
    day_divider_pretty: near ?? long,
    time: timeOf(date, tz),
    time_secs: format(date, tz, { hour: '2-digit', minute: '2-digit', second: '2-digit', hourCycle: 'h23' }),
    ago: ago(now, date),
  };
  return pattern.replace(/\{(\w+)\}/g, (whole, name) => tokens[name] ?? whole);
}

function ago(now, date) {
  const minutes = Math.round((now - date) / 60_000);
  const words = new Intl.RelativeTimeFormat('en', { numeric: 'auto' });
  if (Math.abs(minutes) < 60) return words.format(-minutes, 'minute');
  if (Math.abs(minutes) < 48 * 60) return words.format(-Math.round(minutes / 60), 'hour');
  return words.format(-Math.round(minutes / 1440), 'day');
}

/** The instant at which the wall clock of a zone shows `2025-08-12T17:32`, as epoch seconds. */
export function secondsAt(wall, tz) {
  const asUtc = Date.parse(`${wall}:00Z`);
  let guess = asUtc;
  for (let round = 0; round < 2; round += 1) guess += asUtc - Date.parse(`${wallAt(guess / 1000, tz)}:00Z`);
  return Math.floor(guess / 1000);
}

/** What the wall clock of a zone shows, as a `datetime-local` field wants it. */
export function wallAt(seconds, tz) {
  const date = new Date(seconds * 1000);
  return `${dayOf(date, tz)}T${timeOf(date, tz)}`;
}
