/** Beginnings by which the well-known services mark their keys and tokens. */
const MARKED_KEYS = [
  'gh[pousr]_[A-Za-z0-9]{16,}',
  'github_pat_\\w{20,}',
  'gl(?:pat|ptt|dt|rt)-[\\w-]{16,}',
  'xox[abeoprs]-[\\w-]{8,}',
  'xapp-[\\w-]{8,}',
  '(?:AKIA|ASIA|ABIA|ACCA)[A-Z0-9]{16}',
  'AIza[\\w-]{30,}',
  'ya29\\.[\\w.-]{20,}',
  'GOCSPX-[\\w-]{20,}',
  'sk-[\\w-]{20,}',
  '(?:sk|rk|pk)_(?:live|test)_\\w{10,}',
  'npm_\\w{30,}',
  'pypi-[\\w-]{30,}',
  'hf_[A-Za-z0-9]{20,}',
  'do[opr]_v1_[0-9a-f]{32,}',
  'SG\\.[\\w-]{16,}\\.[\\w-]{16,}',
  'shp(?:at|ss|ca|pa)_[0-9a-fA-F]{20,}',
  'glsa_\\w{20,}',
  'hv[sb]\\.[\\w-]{20,}',
  'dckr_pat_[\\w-]{16,}',
  'whsec_[\\w+/=-]{16,}',
  'lin_api_\\w{20,}',
  'AGE-SECRET-KEY-1[A-Z0-9]{20,}',
  'u\\+[\\w-]{18,}',
];

export const MARKED_KEY = new RegExp(`(?<![\\w-])(?:${MARKED_KEYS.join('|')})`, 'g');

/** A piece of each of these marks. */
export const MARKED_HINT =
  /gh[pousr]_|github_pat_|gl(?:pat|ptt|dt|rt)-|xox|xapp-|akia|asia|abia|acca|aiza|ya29|gocspx|sk-|_live_|_test_|npm_|pypi-|hf_|do[opr]_v1|sg\.|shp|glsa_|hv[sb]\.|dckr_pat|whsec_|lin_api|age-secret|u\+/i;

export const JWT = /(?<![\w-])eyJ[\w-]{5,}\.[\w-]{5,}(?:\.[\w-]*)*/g;

/** One that is cut off is held back up to its end; the lines after a blank one are keys by their looks. */
export const PEM = /-----BEGIN [A-Z0-9 ]+-----[\s\S]*?(?:-----END [A-Z0-9 ]+-----|$)/g;
export const PEM_END = /(?:[A-Za-z0-9+/=]{16,}\s+)*-----END [A-Z0-9 ]+-----/g;

/** Base64 of more than 44 bytes, or any sixty letters and figures that no word and no digest is. */
export const LONG_BASE64 =
  /(?<![\w+/-])(?=[\w+/-]*[a-z])(?=[\w+/-]*[A-Z])(?=[\w+/-]*\d)[A-Za-z0-9+/_-]{60,}={0,2}/g;

export const BEARER = /(?<=(?<![a-z])(?:bearer|basic)[\s_]+)(?=[\w.~+/-]*\d)[\w.~+/-]{12,}=*/gi;

const SECRET_NAME =
  '[\\w.-]*(?:password|passwd|passphrase|pwd|secret|token|api[_-]?key|apikey|access[_-]?key|private[_-]?key|credential|signature|sig)s?[\\w-]*';
const GIVEN = '(?![$<{*]|(?:null|true|false|undefined|none)\\b)[^\\s"\'`,;&]';

/** A piece of each such name. */
export const ASSIGNED_HINT = /passw|passphrase|pwd|secret|token|key|credential|sig/i;

/** `TOKEN=abc…`; after a colon or "is" it has to look like none of our words. */
export const ASSIGNED = new RegExp(
  `(?<=\\b${SECRET_NAME}["'\`]?\\s*(?:=>?|:=)\\s*["'\`]?)${GIVEN}{6,}|` +
    `(?<=\\b${SECRET_NAME}["'\`]?(?:\\s*:\\s*|[\\s_]+(?:is|was)[\\s_]+)["'\`]?)(?=\\S*\\d)${GIVEN}{6,}`,
  'gi',
);

/** `curl -u user:password` */
export const FOR_CURL = /(?<=(?:^|[\s_])(?:-u|--user)[ =_]?['"]?)[^\s:'"]+:[^\s'"]+/g;

/** `user:password` before the host of an address. */
export const IN_ADDRESS = /(?<=\b[a-z][a-z0-9+.-]*:\/\/)[^\s/:@"'<>]*:[^\s"'<>]+(?=@[\w.[-])/gi;
