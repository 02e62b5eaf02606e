// What people do in an incident, as they write it down: "Kills the job". None of them is a plural too.
const ACTS = words(`
  accepts acknowledges adds advises agrees announces applies approves asks assigns believes cancels clears compares
  concludes confirms considers contacts cordons corrects creates decides declares declines deletes deploys describes
  determines diagnoses disables discovers drains edits empties enables encourages escalates evicts examines explains finds
  forwards hears helps identifies informs inspects investigates invites isolates joins kills learns lets locates mentions
  merges mitigates mutes notifies observes opens passes performs prepares proposes provides publishes re-applies re-creates
  re-deploys re-enables re-opens reaches reads realises realizes reassigns rebuilds recommends recreates redeploys
  relays removes renames reopens replies reproduces resizes resolves responds restores revokes rotates says sees sends
  silences submits suggests summarises summarizes suspects tells thinks tries uncordons undoes unmounts verifies wonders
  writes
`);

// Those that are plurals too, or that machines do as well: they need the word after them to be acts.
const PERHAPS_ACTS = words(`
  answers backs blocks calls changes checks closes edits fixes hands hopes leaves lists logs looks mails messages moves
  notes notices offers pages patches pauses pings plans points posts pulls pushes reboots reconnects records releases reloads
  replaces reports requests resets restarts retries reverts reviews rolls runs scales schedules searches sets shares signs
  spots starts stops switches tests thanks triggers turns updates upgrades uploads waits wakes warns watches
`);

const PHRASE =
  /^(?:Looks (?:at|into|for|through)|Waits for|Rolls back|Backs (?:up|out)|Checks (?:whether|if|that)|Tests whether|(?:Reports|Notes|Notices) that|Reports back|Points out|Calls in)\b/;
const DETERMINER =
  /^ (?:the|an?|this|that|these|those|its|their|his|her|our|my|all|both|each|every|another|it|them|him)\b/;
const GOES_ON = /^ (?:on|over|to|up|back|out|for|at)\b/;
const FIRST_WORD = /^\p{Lu}[\p{Ll}-]*s(?![\p{L}\p{N}'’-])/u;
const SUBJECT_AND_VERB =
  /^\p{Lu}[\p{L}\p{N}.'’-]*(?: [\p{L}\p{N}.'’-]+){0,3}? (\p{Ll}[\p{Ll}-]*s)(?![\p{L}\p{N}'’-])/u;
const JUST_OVER =
  /^(?:the |this )?(?:incident|outage)(?: is| was)?(?: now)? (?:resolved|closed|over|mitigated|fixed)[.!]*$/i;
const OF_INCIDENT = /^(?:The |This )?(?:incident|outage)\b/i;

/**
 * "Kills the job" as it follows the name of who does it: "kills the job". Nothing where the words begin otherwise.
 * `codeFollows`: the text ends and code comes next, "Restarts `hub`".
 */
export function actToldIn(text: string, codeFollows = false): string | undefined {
  const first = FIRST_WORD.exec(text)?.[0];
  if (first === undefined) return undefined;
  const verb = first.toLowerCase();
  const rest = text.slice(first.length);
  const isAct =
    ACTS.has(verb) ||
    PHRASE.test(text) ||
    (PERHAPS_ACTS.has(verb) && (DETERMINER.test(rest) || (codeFollows && rest === ' ')));
  return isAct ? verb + rest : undefined;
}

/** Whether a sentence names who does it: "Ana asks for it", "The incident is over". */
export function namesWhoActs(text: string): boolean {
  const found = SUBJECT_AND_VERB.exec(text);
  const verb = found?.[1] ?? '';
  if (ACTS.has(verb)) return true;
  const rest = text.slice(found?.[0].length);
  return PERHAPS_ACTS.has(verb) && (DETERMINER.test(rest) || GOES_ON.test(rest));
}

/** Of the incident itself, whoever says so: "Incident resolved." */
export function isOfIncident(text: string): boolean {
  return OF_INCIDENT.test(text);
}

/** "Incident resolved.", which does not tell how. */
export function onlySaysItIsOver(text: string): boolean {
  return JUST_OVER.test(text.trim());
}

function words(list: string): ReadonlySet<string> {
  return new Set(list.trim().split(/\s+/));
}
