import { readTeam } from '../../src/config/team.ts';
import type { Team } from '../../src/domain/team.ts';

/** Ben responds in London, Ana leads in Bucharest, Chitra leads in Kolkata; Dora is in Los Angeles. */
export const TEAM_YAML = `
team:
  name: Test
  timezone: Europe/London
  announcements: "#incidents"
people:
  - { name: Ben, slack: U0BEN, pagerduty: PBEN01, email: ben@example.org, timezone: Europe/London, hours: ["09:00-17:30"], days: [mon, tue, wed, thu, fri] }
  - { name: Ana, slack: U0ANA, pagerduty: PANA01, email: ana@example.org, timezone: Europe/Bucharest, hours: ["09:00-17:30"], days: [mon, tue, wed, thu, fri], phone: "+40 000 000", title: Tech lead }
  - { name: Chitra, slack: U0CHI, pagerduty: PCHI01, email: chitra@example.org, timezone: America/Los_Angeles, hours: ["09:00-17:30"], days: [mon, tue, wed, thu, fri], title: Tech lead }
  - { name: Dora, slack: U0DORA, timezone: Europe/London, hours: ["09:00-17:30"], title: People Operations Lead }
rosters:
  tech-lead: { members: [Ana, Chitra] }
severities:
  sev1: { label: Outage, page_on_declare: [], acknowledge_within: 5m, first_update: 15m, update_every: 2h, pagerduty: P1 }
services:
  - name: LEAP hub
    match: { host: leap.2i2c.cloud, cluster: leap }
    communities: [{ name: LEAP, contact: Community representative }]
report:
  template: 2i2c
  timezone: Europe/London
  public: true
  issues: { repository: 2i2c-org/infrastructure, labels: [incident-action-item], title_prefix: "[Incident Action]: " }
`;

export function testTeam(yaml: string = TEAM_YAML): Team {
  return readTeam(yaml, 'daywatch.yaml');
}

/** The same people as the workspace knows them, and somebody from outside. */
export const PEOPLE = [
  { id: 'U0BEN', name: 'ben', realName: 'Ben Archer', tz: 'Europe/London', email: 'ben@example.org' },
  { id: 'U0ANA', name: 'ana', realName: 'Ana Ionescu', tz: 'Europe/Bucharest', email: 'ana@example.org' },
  {
    id: 'U0CHI',
    name: 'chitra',
    realName: 'Chitra Rao',
    tz: 'America/Los_Angeles',
    email: 'chitra@example.org',
  },
  { id: 'U0DORA', name: 'dora', realName: 'Dora Malik', tz: 'Europe/London', email: 'dora@example.org' },
  {
    id: 'U0SAR',
    name: 'sarika',
    realName: 'Sarika de Bruyn',
    tz: 'America/New_York',
    email: 'sarika@example.edu',
  },
];
