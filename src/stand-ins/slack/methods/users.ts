import { page, text } from '../arguments.ts';
import { BOT, TEAM, WORKSPACE_URL } from '../identity.ts';
import { Refusal } from '../refusal.ts';
import { botIdOf, botProfile, groupShape, profileShape, quietShape, userShape } from '../shapes/person.ts';
import { type Method, SPECIAL, TIER_2, TIER_3, TIER_4 } from './method.ts';

export const userMethods = {
  'auth.test': {
    perMinute: SPECIAL,
    required: [],
    optional: [],
    refusals: [],
    run: () => ({
      url: WORKSPACE_URL,
      team: TEAM.name,
      user: BOT.name,
      team_id: TEAM.id,
      user_id: BOT.userId,
      bot_id: BOT.botId,
      is_enterprise_install: false,
    }),
  },
  'team.info': {
    perMinute: TIER_3,
    required: [],
    optional: ['domain', 'team'],
    refusals: ['team_not_found'],
    run(_world, args) {
      const team = text(args, 'team');
      if (team !== '' && team !== TEAM.id) throw new Refusal('team_not_found');
      return {
        team: { id: TEAM.id, name: TEAM.name, domain: TEAM.domain, email_domain: '', url: WORKSPACE_URL },
      };
    },
  },
  'bots.info': {
    perMinute: TIER_3,
    required: [],
    optional: ['bot', 'team_id'],
    refusals: ['bot_not_found'],
    run(world, args) {
      const asked = text(args, 'bot') || BOT.botId;
      const person = [...world.state.people.values()].find(
        (other) => other.bot && botIdOf(other.id) === asked,
      );
      if (!person) throw new Refusal('bot_not_found');
      const { team_id: _, ...profile } = botProfile(person.id, person.name);
      return { bot: { ...profile, user_id: person.id } };
    },
  },
  'users.info': {
    perMinute: TIER_4,
    required: ['user'],
    optional: ['include_locale'],
    refusals: ['user_not_found'],
    run(world, args) {
      const person = world.state.people.get(text(args, 'user'));
      if (!person) throw new Refusal('user_not_found');
      return { user: userShape(person, world.state.now()) };
    },
  },
  'users.list': {
    perMinute: TIER_2,
    required: [],
    optional: ['cursor', 'include_locale', 'limit', 'team_id'],
    refusals: ['invalid_cursor', 'limit_required'],
    run(world, args) {
      const limits = { standard: 1000, most: 1000, limitError: 'limit_required' };
      const { items, nextCursor } = page([...world.state.people.values()], args, limits);
      return {
        members: items.map((person) => userShape(person, world.state.now())),
        cache_ts: world.state.seconds(),
        response_metadata: { next_cursor: nextCursor },
      };
    },
  },
  'users.lookupByEmail': {
    perMinute: TIER_3,
    required: ['email'],
    optional: [],
    refusals: ['users_not_found'],
    run(world, args) {
      const email = text(args, 'email').toLowerCase();
      const person = [...world.state.people.values()].find((other) => other.email?.toLowerCase() === email);
      if (!person || person.deleted) throw new Refusal('users_not_found');
      return { user: userShape(person, world.state.now()) };
    },
  },
  'users.profile.get': {
    perMinute: TIER_4,
    required: [],
    optional: ['include_labels', 'user'],
    refusals: ['user_not_found'],
    run(world, args) {
      const person = world.state.people.get(text(args, 'user') || BOT.userId);
      if (!person) throw new Refusal('user_not_found');
      return { profile: profileShape(person) };
    },
  },
  'users.getPresence': {
    perMinute: TIER_3,
    required: [],
    optional: ['user'],
    refusals: [],
    run: () => ({ presence: 'active' }),
  },
  'dnd.info': {
    perMinute: TIER_3,
    required: [],
    optional: ['team_id', 'user'],
    refusals: ['user_not_found'],
    run(world, args) {
      const person = world.state.people.get(text(args, 'user') || BOT.userId);
      if (!person) throw new Refusal('user_not_found');
      return quietShape(person);
    },
  },
  'dnd.teamInfo': {
    perMinute: TIER_2,
    required: ['users'],
    optional: ['team_id'],
    refusals: ['no_users_provided'],
    run(world, args) {
      const people = text(args, 'users')
        .split(',')
        .flatMap((user) => world.state.people.get(user) ?? [])
        .slice(0, 50);
      if (people.length === 0) throw new Refusal('no_users_provided');
      return { users: Object.fromEntries(people.map((person) => [person.id, quietShape(person)])) };
    },
  },
  'usergroups.list': {
    perMinute: TIER_2,
    required: [],
    optional: ['include_count', 'include_disabled', 'include_users', 'team_id'],
    refusals: [],
    run: (world) => ({ usergroups: [...world.state.groups].map(([id, handle]) => groupShape(id, handle)) }),
  },
  'apps.connections.open': {
    perMinute: TIER_3,
    token: 'app',
    required: [],
    optional: [],
    refusals: [],
    run(world) {
      const ticket = world.deliveries.socket.issueTicket();
      return { url: `${world.baseUrl.replace('http', 'ws')}/link/?ticket=${ticket}` };
    },
  },
} satisfies Record<string, Method>;
