import type { ReportTeam } from '../../src/domain/report/report-team.ts';
import { team } from './story.ts';

const NAMES = (
  'Ana Silva|Benedikt Okafor|Chitra Rao|Georgiana Pop|Sarika de Bruyn|José Müller|Núria Vilanova|Yuki Tanaka|' +
  'Ludovic Martin-Durand|Øyvind Håkonsen|Zoë Van der Berg|Kwame Mensah|Siobhán O’Neill|Łukasz Wójcik|Priya Natarajan|' +
  'Tamás Szabó|Ingrid Solberg|Mateo Fernández|Aoife Brennan|Dmitri Volkov|Fatima Zahraoui|Hiroshi Nakamura|' +
  'Elif Yıldız|Rafael Monteiro|Saoirse Kelleher|Nikhil Deshmukh|Beatrix Lindqvist|Omar Haddad|Tereza Nováková|Wei Zhang'
).split('|');

function ascii(name: string): string {
  return name.normalize('NFD').replaceAll(/[^\w]/g, '').toLowerCase();
}

/** Thirty people, one in three of them of the team; everybody has taken part. */
export const PEOPLE = NAMES.map((name, index) => ({
  id: `U0P${String(index).padStart(3, '0')}`,
  name,
  handle: `${ascii(name)}${index}`,
  email: `${ascii(name)}@example.org`,
  inTeam: index % 3 === 0,
}));

export const TEAM: ReportTeam = {
  ...team,
  people: PEOPLE.filter(({ inTeam }) => inTeam).map(({ id, name, handle, email }) => ({
    name,
    slack: id,
    github: handle,
    email,
  })),
};

const HEX = '0123456789abcdef';
const MIXED = 'aB3dE5gH7jK9mN1pQ2rS4tU6vW8xY0zZ';

function run(alphabet: string, length: number, from: number): string {
  return Array.from({ length }, (_, index) => alphabet[(index * 7 + from) % alphabet.length]).join('');
}

const k = (length: number, from = 3) => run(MIXED, length, from);

/** Made here, so that no scanner of this repository finds keys in it. */
const SECRETS = [
  `ghp_${k(36)}`,
  `gho_${k(36)}`,
  `ghs_${k(36)}`,
  `github_pat_${k(22)}_${k(40)}`,
  `glpat-${k(20)}`,
  `xoxb-123456789012-1234567890123-${k(24)}`,
  `xoxp-123456789012-${k(24)}`,
  `xapp-1-A0123456789-${k(24)}`,
  `AKIA${run('ABCDEFGHJKLMNPQRSTUVWXYZ', 16, 1)}`,
  `ASIA${run('ABCDEFGHJKLMNPQRSTUVWXYZ', 16, 5)}`,
  `AIza${k(35)}`,
  `ya29.${k(40)}`,
  `GOCSPX-${k(28)}`,
  `sk-proj-${k(48)}`,
  `sk-ant-api03-${k(48)}`,
  `sk_live_${k(24)}`,
  `rk_test_${k(24)}`,
  `npm_${k(36)}`,
  `pypi-${k(60)}`,
  `hf_${k(34)}`,
  `dop_v1_${run(HEX, 64, 1)}`,
  `SG.${k(22)}.${k(43)}`,
  `shpat_${run(HEX, 32, 2)}`,
  `glsa_${k(32)}_${run(HEX, 8, 3)}`,
  `hvs.${k(24)}`,
  `dckr_pat_${k(27)}`,
  `lin_api_${k(40)}`,
  `u+${k(18)}`,
  `eyJhbGciOiJIUzI1NiJ9.${k(40)}.${k(43)}`,
  `eyJ0eXAiOiJKV1QifQ.${k(30)}.`,
  k(80),
  `${k(64)}==`,
];

/** A sentence or a line with something in it, of which the second part must not be read. */
const WITHIN: [string, string][] = [
  [`-----BEGIN RSA PRIVATE KEY-----\n${k(64)}\n${k(64, 9)}\n-----END RSA PRIVATE KEY-----`, k(64, 9)],
  [`-----BEGIN PRIVATE KEY-----\n${k(30)}\n`, k(30)],
  ['postgres://hub:s3cr3tw0rd@db.example.org:5432/hub', 's3cr3tw0rd'],
  ['https://ops:hunter22@grafana.example.org/d/1', 'hunter22'],
  ['mysql://root:p@ss/w0rd@10.0.0.3/hub', 'w0rd'],
  ['curl -u admin:hunter23 example.org', 'hunter23'],
  ['password: correct7horse', 'correct7horse'],
  ['the password is tr0ub4dor', 'tr0ub4dor'],
  ['DB_PASSWORD=batterystaple', 'batterystaple'],
  ['export API_KEY=abcdefghijkl', 'abcdefghijkl'],
  [`Authorization: Bearer ${k(24)}`, k(24)],
  ['https://hub.example.org/hub/login?token=abc123def456', 'abc123def456'],
  ['10.20.30.40', '10.20.30.40'],
  ['34.105.12.7:8080', '34.105.12.7'],
  ['2001:db8:85a3::8a2e:370:7334', '8a2e:370'],
  ['fe80::1ff:fe23:4567:890a%eth0', 'fe23:4567'],
  ['ip-10-0-3-17.ec2.internal', '10-0-3-17'],
  ['https://2i2c.slack.com/archives/C0SECRET/p1754999999', 'C0SECRET'],
  ['2i2c.slack.com/archives/C0OTHER', 'C0OTHER'],
  ['https://2i2c.freshdesk.com/a/tickets/4711', 'tickets/4711'],
  ['https://2i2c-org.pagerduty.com/incidents/Q1ABC', 'Q1ABC'],
  ['https://console.cloud.google.com/monitoring/alerting/alerts/0.nvv?project=p7', 'project=p7'],
  ['https://us-west-2.console.aws.amazon.com/eks/home#/clusters/c9', 'clusters/c9'],
  ['https://docs.google.com/document/d/1AbCdEf/edit', '1AbCdEf'],
  ['https://us02web.zoom.us/j/8123456789?pwd=xyz', '8123456789'],
  ['http://grafana.internal/d/abc', 'grafana.internal'],
  ['http://hub.prod.svc.cluster.local:8081/hub/api', 'hub.prod'],
  ['jupyter-zaphod', 'zaphod'],
  ['jupyter-zaphod-2dbeeblebrox--gpu', 'beeblebrox'],
  ['jupyter-trillian-40example-2eorg', 'trillian'],
  ['jupyter-ford-prefect---1a2b3c4d', 'prefect'],
  ['claim-slarti-2dbartfast', 'bartfast'],
  ['https://hub.example.org/user/marvin42/lab', 'marvin42'],
  ['/home/agrajag/notebook.ipynb', 'agrajag'],
  ['somebody.else@university.edu', 'somebody.else'],
  ['nobody%40university.edu', 'nobody%40'],
  ['thanks @wowbagger!', 'wowbagger'],
];

export interface Needle {
  /** As it is written into a field. */
  text: string;
  /** What must not be read anywhere. */
  hidden: string;
}

export const NEEDLES: Needle[] = [
  ...PEOPLE.flatMap(({ name, handle, email }) => [
    { text: name, hidden: name },
    { text: name.split(' ')[0] ?? name, hidden: name.split(' ')[0] ?? name },
    { text: `@${handle}`, hidden: handle },
    { text: email, hidden: email },
  ]),
  ...['Silva', 'Okafor', 'Vilanova', 'Tanaka', 'Hakonsen', 'Wojcik', 'Natarajan', 'Nakamura'].map((name) => ({
    text: name,
    hidden: name,
  })),
  ...['ANA SILVA', 'georgiana pop', 'Jose Muller', 'Sarika  de Bruyn'].map((name) => ({
    text: name,
    hidden: name.replace(/\s+/, ' '),
  })),
  ...SECRETS.map((secret) => ({ text: secret, hidden: secret })),
  ...WITHIN.map(([text, hidden]) => ({ text, hidden })),
];
