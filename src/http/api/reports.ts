import { z } from 'zod';
import { renderIncident } from '../../actions/render-report.ts';
import { savedReport } from '../../actions/saved-report.ts';
import { zoneName } from '../../domain/case/instants.ts';
import { incidentName } from '../../domain/words.ts';
import { templateNames } from '../../report/render.ts';
import { ApiProblem, incidentOf, route } from './route.ts';
import { ToldReport } from './shapes.ts';

const RenderQuery = z.object({
  template: z.string().optional().describe('The name of a template; the team’s unless said'),
  timezone: zoneName.optional(),
  public: z.enum(['true', 'false']).optional().describe('People by role instead of by name'),
});

const render = route({
  method: 'get',
  path: '/incidents/{number}/report',
  name: 'renderReport',
  says: 'The report as the incident stands now, also of an open one.',
  query: RenderQuery,
  answer: ToldReport,
  problems: [403, 404, 422],
  async handle(call) {
    const { core, query } = call;
    const incident = await incidentOf(call);
    const names = await templateNames();
    const { report } = core.team;
    if (query.template !== undefined && !names.includes(query.template)) {
      throw new ApiProblem(422, `template: there is no “${query.template}”. One of: ${names.join(', ')}.`);
    }
    const chosen = {
      template: query.template ?? report.template,
      timezone: query.timezone ?? report.timezone,
      public: query.public === undefined ? report.public : query.public === 'true',
    };
    const markdown = await renderIncident(core, incident, chosen);
    return { status: 200, body: { incident: incidentName(incident.number), ...chosen, markdown } };
  },
});

const saved = route({
  method: 'get',
  path: '/incidents/{number}/report/saved',
  name: 'savedReport',
  says: 'The report that was saved last, as it lies in the data directory.',
  answer: ToldReport,
  problems: [403, 404],
  async handle(call) {
    const { core } = call;
    const incident = await incidentOf(call);
    const text = await savedReport(core, incident);
    if (!text || !incident.reportFile) {
      throw new ApiProblem(
        404,
        `${incidentName(incident.number)} has no saved report; it is made on \`resolved\`.`,
      );
    }
    const { template, timezone } = core.team.report;
    const body = {
      incident: incidentName(incident.number),
      template,
      timezone,
      public: core.team.report.public,
      markdown: text,
      file: incident.reportFile,
    };
    return { status: 200, body: body satisfies z.infer<typeof ToldReport> };
  },
});

export const REPORT_ROUTES = [render, saved];
