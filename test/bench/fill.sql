-- SPDX-License-Identifier: AGPL-3.0-or-later
-- Multiplies the newest open request of the demonstration council to :tickets tickets, as a
-- council has them after years: three in a hundred open, the others closed; three events
-- each, twenty for one open ticket in ten. For measurements on SQLite: test/bench/run gives it
-- the function reference() and puts the number in.
pragma synchronous = off;
pragma cache_size = -400000;
begin;
create temp table pattern as
	select t.*, (select min(e.seq) from event e where e.org = t.org and e.ticket = t.id) first
	from ticket t where t.open = 1 and t.customer > 0
		and t.clocks like '%resolution 0 %'
	order by (select portal from organisation o where o.id = t.org) desc, t.id desc limit 1;
create temp table n as with recursive c (i) as
	(select 1 union all select i + 1 from c where i < :tickets) select i from c;
create temp table teams (k integer primary key, id);
insert into teams select row_number() over (order by id) - 1, id
	from team where org = (select org from pattern);
create temp table people (k integer primary key, id);
insert into people select row_number() over (order by id) - 1, id
	from person where org = (select org from pattern);
create temp table step as select i from n where i between 2 and 20;
create temp table made as
	select n.i, p.org, (p.created - 1704067200 - 40000000) * 1000 * 4194304
			+ n.i * 40 * 4194304 as id,
		reference(n.i * 7919) as reference,
		n.i % 33 = 0 as open,
		p.created - 40000000 + n.i * 40000000 / :tickets as created,
		(select id from teams where k = n.i % (select count(*) from teams)) as team,
		(select id from people where k = n.i % (select count(*) from people)) as customer
	from n, pattern p;
insert into ticket (org, id, reference, kind, service, form_version, subject, status, open,
		priority, impact, urgency, team, assignee, customer, restricted, channel, place,
		waiting_for, created, updated, solved, closed, due, handovers, reopened, events,
		version, ticking, next_at, clocks)
	select m.org, m.id, m.reference, p.kind, p.service, p.form_version,
		p.subject || ' ' || m.i, case when m.open then 'open' else 'closed' end, m.open,
		1 + m.i % 4, 0, 0, m.team, case when m.i % 3 = 0 then p.assignee else 0 end,
		m.customer, 0, p.channel, p.place, '', m.created, m.created + 3600,
		case when m.open then 0 else m.created + 7200 end,
		case when m.open then 0 else m.created + 90000 end,
		m.created + 86400 * (2 + m.i % 20), m.i % 3, 0,
		case when m.open and m.i % 330 = 0 then 20 else 3 end, 3,
		m.open, case when m.open then 4000000000 + m.i else null end, p.clocks
	from made m, pattern p;
insert into event (org, ticket, seq, at, kind, actor, actor_kind, public, body, data)
	select m.org, m.id, 1, m.created, 'received', m.customer, 'customer', 1,
		'The hole is deep and cyclists swerve into the traffic. It was there last week.',
		(select data from event e where e.org = p.org and e.ticket = p.id
			and e.seq = p.first)
	from made m, pattern p;
insert into event (org, ticket, seq, at, kind, actor, actor_kind, public, body)
	select m.org, m.id, s.i, m.created + s.i * 60,
		case s.i % 3 when 0 then 'note' when 1 then 'message' else 'reply' end,
		case s.i % 3 when 1 then m.customer else p.assignee end,
		case s.i % 3 when 1 then 'customer' else 'staff' end, s.i % 3 > 0,
		'Event ' || s.i || ': we have looked at it and will come back to you on Monday.'
	from made m, pattern p, step s
	where s.i <= case when m.open and m.i % 330 = 0 then 20 else 3 end;
insert into verdict (org, ticket, kind, stopped, met)
	select m.org, m.id, k.kind, m.created + 7200, m.i % 10 > 0
	from made m, (select 'response' as kind union all select 'resolution') k
	where not m.open;
insert into contact (org, id, channel, key, ticket, person, service, at, name, words, fields)
	select m.org, m.id + 1, 'web', 'filled-' || m.i, m.id, m.customer, p.service,
		m.created, 'Ann Fisher', 'The hole is deep.',
		(select fields from contact c where c.org = p.org and c.ticket = p.id limit 1)
	from made m, pattern p;
commit;
pragma optimize;
