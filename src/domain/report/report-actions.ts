import type { Incident } from '../incident.ts';
import { escapeLine } from '../markdown.ts';
import type { Callings } from './callings.ts';
import { linkWord } from './link-word.ts';
import { calmLine } from './people-text.ts';

export interface ReportAction {
  id: string;
  /** Markdown in one line. */
  title: string;
  done: boolean;
  /** As the form of the report calls them; empty: nobody yet. */
  owner: string;
  /** `2025-09-01`, or empty. */
  due: string;
  /** Empty: it has no issue. */
  url: string;
  /** `issue`, `pull request` */
  link: string;
  category: string;
}

export interface ReportActionGroup {
  /** `Process improvements`; empty for those without a category. */
  heading: string;
  items: ReportAction[];
}

const HEADINGS: Record<string, string> = {
  process: 'Process improvements',
  documentation: 'Documentation improvements',
  technical: 'Technical improvements',
};

/** The action items that stand, in the order in which they were made. */
export function reportActions(incident: Incident, callings: Callings): ReportAction[] {
  return incident.actions
    .filter(({ withdrawn }) => !withdrawn)
    .map(({ id, title, done, url, category, owner, due = '' }) => {
      const shown = url === undefined || callings.tell(url) ? '' : safeAddress(url);
      return {
        id,
        title: calmLine(title, callings),
        done,
        owner: owner === undefined ? '' : escapeLine(callings.person(owner)),
        due,
        url: shown,
        link: shown === '' ? '' : linkWord(shown),
        category: category === undefined ? '' : calmLine(HEADINGS[category] ?? category, callings),
      };
    });
}

/** By category: the three of the product first, others as they come, those without one last. */
export function actionGroups(actions: readonly ReportAction[]): ReportActionGroup[] {
  const known = Object.values(HEADINGS);
  const others = actions.map(({ category }) => category).filter((category) => category !== '');
  return [...new Set([...known, ...others, ''])]
    .map((heading) => ({ heading, items: actions.filter(({ category }) => category === heading) }))
    .filter(({ items }) => items.length > 0);
}

/** An http address that can stand between parentheses; nothing when it is none. */
function safeAddress(url: string): string {
  if (!/^https?:/i.test(url) || !URL.canParse(url)) return '';
  return new URL(url).href.replaceAll(
    /[()<>*`|\s\\]/g,
    (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}
