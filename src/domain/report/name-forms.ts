/** Names that are ordinary words too: in lower case they are taken for the word. */
const ORDINARY_WORDS = new Set(
  (
    'will mark may grant rich bill art drew sky hope grace faith joy page rob pat jack chase dean guy max sue ' +
    'ray dale don van von der del the and her his she him they ash gene iris ivy jade june april august summer ' +
    'autumn dawn eve frank ernest earnest harry carol holly melody miles victor wade ward ford hunter mason ' +
    'cook baker king long short white black brown green gray grey young rose lily daisy penny bob nick skip'
  ).split(' '),
);

/** What two letters with a capital mean where no name is meant: at the start of a sentence, in a title, in a surname. */
const SHORT_WORDS = new Set(
  (
    'al am an as at be by da de di do dr du el ex go ha he hi id if in is it la le me mr ms my no of oh ok on or so st to ' +
    'up us we'
  ).split(' '),
);

/** The forms in which one person can stand in a text. */
export interface NameForms {
  /** Found in any case: `ana silva`, `ana@example.org`, `@ana`. */
  anyCase: string[];
  /** Found as written only: `Ana`, `ana` where that is a handle. */
  asWritten: string[];
}

/** Single parts of a name count from two letters on; a part in small letters only inside the whole name. */
export function nameForms(person: { names: string[]; handles: string[]; emails: string[] }): NameForms {
  const anyCase = new Set<string>();
  const asWritten = new Set<string>();
  for (const name of person.names.flatMap(withoutAccents)) {
    const parts = name.match(/[\p{L}\p{M}\p{N}][\p{L}\p{M}\p{N}'’._-]*/gu) ?? [];
    for (const run of runsOf(parts)) anyCase.add(run);
    if (parts.length > 1) anyCase.add(parts.join('')).add(parts.join('').replaceAll('-', ''));
    anyCase.add(`@${name}`);
    for (const part of [...parts, ...parts.flatMap((whole) => whole.split('-'))]) {
      if (isTelling(part)) asWritten.add(part);
      if (parts.length === 1 && isHandle(part)) asWritten.add(part);
    }
  }
  for (const handle of person.handles) {
    anyCase.add(`@${handle}`);
    if (isHandle(handle)) asWritten.add(handle);
  }
  for (const email of person.emails) anyCase.add(email);
  return { anyCase: [...anyCase], asWritten: [...asWritten] };
}

/** `Sarika de Bruyn` → that, `de Bruyn`: two parts and more, one of them telling. */
function runsOf(parts: readonly string[]): string[] {
  const runs = parts.flatMap((_, start) =>
    parts.slice(start + 1).map((__, more) => parts.slice(start, start + more + 2)),
  );
  return runs.filter((run) => run.some(isTelling)).map((run) => run.join(' '));
}

/** Begins with a capital, or is of a script that has none; of two letters if it is no word: `Jo`, `Ed`, `李明`. */
function isTelling(part: string): boolean {
  const { length } = [...part];
  if (length === 2) return /^(?:\p{Lu}\p{Ll}|\p{Lo}{2})$/u.test(part) && !SHORT_WORDS.has(part.toLowerCase());
  return length >= 3 && /^[\p{Lu}\p{Lt}\p{Lo}]/u.test(part);
}

function isHandle(word: string): boolean {
  return [...word].length >= 3 && !ORDINARY_WORDS.has(word);
}

function withoutAccents(name: string): string[] {
  const composed = name.normalize('NFC').trim();
  return [composed, composed.normalize('NFD').replaceAll(/\p{M}/gu, '')];
}
