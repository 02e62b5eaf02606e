import { resolve } from 'node:path';
import { describedEntries } from '../../actions/described-entries.ts';
import { isOnDisk, placeOfFile } from '../../actions/kept-files.ts';
import { ApiProblem, incidentOf, KeptBytes, route } from './route.ts';

const get = route({
  method: 'get',
  path: '/incidents/{number}/files/{id}',
  name: 'getFile',
  says: 'The bytes of a file that came with an entry; its id stands in the entry.',
  answer: 'bytes',
  problems: [403, 404],
  async handle(call) {
    const { core, path } = call;
    const { entries } = await describedEntries(core, await incidentOf(call));
    const entry = entries.find(({ content }) => content.files?.some(({ id }) => id === path.id));
    const file = entry?.content.files?.find(({ id }) => id === path.id);
    if (!file)
      throw new ApiProblem(404, 'No entry of this timeline has such a file. GET …/entries lists them.');
    const state = entry?.kept?.[file.id];
    const place = resolve(placeOfFile(core, file));
    if (await isOnDisk(place)) return { status: 200, body: new KeptBytes(place, file.name) };
    const why = state && 'lost' in state ? `it is not kept: ${state.lost}` : 'it is not fetched yet';
    throw new ApiProblem(404, `“${file.name}” is not here: ${why}.`);
  },
});

export const FILE_ROUTES = [get];
