-- SPDX-License-Identifier: AGPL-3.0-or-later
-- Who may do what, as each organisation says, and what organisations share.

-- What a role may do in an organisation: words of rule/access, with blanks between.
create table role (
	org bigint not null references organisation (id),
	name text not null,
	rights text not null,
	gives text not null default '', -- what who has it may hand on
	label text not null default '', -- what the organisation calls it; '': a standard role
	primary key (org, name)
)/*sqlite without rowid*/;

-- A sharing agreement: `org` lets staff of `taker` see tickets of some of its services. A
-- version never changes; amending or ending one makes the next.
create table sharing (
	org bigint not null references organisation (id),
	id bigint not null,
	version bigint not null,
	taker bigint not null references organisation (id),
	team bigint not null default 0, -- of the taker; 0: any of its staff
	name text not null,
	purpose text not null,
	basis text not null,	    -- lawful basis
	services text not null,	    -- codes
	details text not null,	    -- which parts of a ticket, see rule/access
	rights text not null,
	restricted bigint not null, -- 1: restricted tickets of these services too
	starts bigint not null,
	ends bigint not null,	    -- the first instant without it
	signed_for_org text not null,
	signed_for_taker text not null,
	made bigint not null,
	author bigint not null,
	note text not null default '', -- why it was amended or ended
	primary key (org, id, version),
	check (org <> taker),
	check (ends >= starts)
);

-- The newest version of each, a row a service, as the scope of a query asks for it.
create table sharing_service (
	org bigint not null,
	taker bigint not null,
	service text not null,
	agreement bigint not null,
	team bigint not null,
	restricted bigint not null,
	rights bigint not null,	 -- a bit for each right
	details bigint not null, -- a bit for each part that may be read
	starts bigint not null,
	ends bigint not null,
	primary key (org, taker, service, agreement)
)/*sqlite without rowid*/;
create index sharing_taker on sharing_service (taker);

-- Why somebody outside its team opened a restricted ticket, and until when they may look.
create table look (
	org bigint not null,
	ticket bigint not null,
	person bigint not null,
	at bigint not null,
	until bigint not null,
	reason text not null,
	primary key (org, ticket, person, at)
)/*sqlite without rowid*/;
create index look_person on look (person, until);

create index audit_subject on audit (org, subject, id);
create index audit_actor on audit (org, actor, id);

-- Whose live pages end (store/parting): on SQLite, for the process that serves.
create table parting (
	id bigint primary key,
	person bigint not null, -- 0: everybody
	session text not null,	-- '' : all of them
	at bigint not null
);

-- Where the head of an organisation's audit is sent every day, and the last day it was.
create table audit_watch (
	org bigint primary key references organisation (id),
	email text not null,
	day bigint not null default 0
);
