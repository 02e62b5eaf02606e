/** A team whose only tech lead, as everybody else, is in hours at every minute, for tests that live on real time. */
export const ALWAYS_ON_DUTY = `
team:
  name: Test
  timezone: Europe/London
  announcements: "#incidents"
people:
  - { name: Ben, slack: U0BEN, pagerduty: PBEN01, email: ben@example.org, timezone: Europe/London, hours: ["00:00-24:00"], days: [mon, tue, wed, thu, fri, sat, sun] }
  - { name: Ana, slack: U0ANA, pagerduty: PANA01, email: ana@example.org, timezone: Europe/Bucharest, hours: ["00:00-24:00"], days: [mon, tue, wed, thu, fri, sat, sun], title: Tech lead }
  - { name: Chitra, slack: U0CHI, timezone: Europe/London, hours: ["00:00-24:00"], days: [mon, tue, wed, thu, fri, sat, sun] }
rosters:
  tech-lead: { members: [Ana] }
severities:
  sev1: { label: Outage, page_on_declare: [tech-lead], acknowledge_within: 30m, pagerduty: P1 }
  sev2: { label: Degraded, page_on_declare: [], acknowledge_within: 30m, pagerduty: P2 }
report:
  template: 2i2c
  timezone: Europe/London
  public: true
`;
