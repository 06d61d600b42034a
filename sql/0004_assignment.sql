-- SPDX-License-Identifier: AGPL-3.0-or-later
-- Who can take what, when: skills, licences, shifts, presence; what waits because nobody
-- can; and where tickets have been.

create table skill (
	org bigint not null references organisation (id),
	id bigint not null,
	name text not null,
	primary key (org, id),
	unique (org, name)
);

create table person_skill (
	org bigint not null,
	person bigint not null,
	skill bigint not null,
	level bigint not null check (level between 1 and 3),
	primary key (org, person, skill),
	foreign key (org, skill) references skill (org, id)
)/*sqlite without rowid*/;

create table service_skill (
	org bigint not null,
	service text not null,
	skill bigint not null,
	level bigint not null check (level between 1 and 3),
	primary key (org, service, skill),
	foreign key (org, skill) references skill (org, id),
	foreign key (org, service) references service (org, code)
)/*sqlite without rowid*/;

-- A licence to support: who is at home elsewhere takes this organisation's tickets only
-- with one. Dates are local, both ends included.
create table licence (
	org bigint not null references organisation (id),
	person bigint not null,
	trained text not null,	   -- YYYY-MM-DD
	valid_until text not null, -- YYYY-MM-DD
	services text not null default '', -- codes and categories joined by ';'; '': all
	primary key (org, person)
)/*sqlite without rowid*/;

-- Who works the hours of which calendar; person 0: all of the team that have none of
-- their own. Without a row it is the calendar of the team or of the organisation.
create table shift (
	org bigint not null,
	team bigint not null,
	person bigint not null,
	calendar bigint not null,
	primary key (org, team, person),
	foreign key (org, team) references team (org, id)
)/*sqlite without rowid*/;

-- Days on which somebody is not at work although a shift says so.
create table absence (
	org bigint not null references organisation (id),
	person bigint not null,
	first_day text not null, -- YYYY-MM-DD
	last_day text not null,
	note text not null default '',
	primary key (org, person, first_day)
)/*sqlite without rowid*/;

-- What a person can carry. Who has no row works full time.
create table worker (
	org bigint not null references organisation (id),
	person bigint not null,
	capacity bigint not null default 100 check (capacity between 1 and 1000),
	cap bigint not null default 10 check (cap between 0 and 10000),
	given bigint not null default 0, -- when they were last given work
	primary key (org, person)
)/*sqlite without rowid*/;

-- What somebody said of themselves; tied to the session they said it in.
create table presence (
	person bigint primary key,
	state text not null check (state in ('present', 'busy', 'away')),
	since bigint not null,
	until bigint not null,	-- the end of the shift
	session bigint not null -- 1: ends with the session too; 0: a leader said it
);

-- Tickets of teams the desk assigns to, that nobody can take: the alarm.
create table unplaced (
	org bigint not null,
	ticket bigint not null,
	team bigint not null,
	since bigint not null,
	told bigint not null default 0, -- 1: a letter to the leaders went with it
	primary key (org, ticket)
)/*sqlite without rowid*/;
create index unplaced_team on unplaced (org, team, since);

-- A ticket went from one team to another. back: that team had it before.
create table handover (
	org bigint not null,
	ticket bigint not null,
	seq bigint not null, -- of the event
	at bigint not null,
	from_team bigint not null,
	to_team bigint not null,
	actor bigint not null,
	back bigint not null,
	refused bigint not null default 0, -- 1: to the team that had just handed it over
	primary key (org, ticket, seq)
)/*sqlite without rowid*/;
create index handover_at on handover (org, at, ticket, from_team, to_team, back, refused);
