-- SPDX-License-Identifier: AGPL-3.0-or-later
-- Rule tables on their way to being published.

-- The next version of a table, while it is written: one for each table of an
-- organisation, seen and changed by all its administrators.
create table rule_draft (
	org bigint not null references organisation (id),
	name text not null,
	base bigint not null,	  -- the live version it was begun from; 0: none
	revision bigint not null, -- rises with every change: who saw another may not write
	tried bigint not null default 0, -- the revision whose dry run was looked at
	author bigint not null,	  -- who changed it last
	updated bigint not null,
	primary key (org, name)
);

create table rule_draft_row (
	org bigint not null,
	name text not null,
	id bigint not null,
	position bigint not null,
	removed bigint not null default 0, -- 1: taken out, and can be put back
	columns text not null,	-- pairs, see rule/table_shape
	primary key (org, name, id),
	foreign key (org, name) references rule_draft (org, name)
);

-- A version that was published "for open tickets too": a job takes them batch by batch.
create table rule_apply (
	org bigint not null references organisation (id),
	name text not null,
	version bigint not null,
	reached bigint not null default 0, -- the last ticket id that was looked at
	looked bigint not null default 0,
	changed bigint not null default 0,
	kept bigint not null default 0, -- left as they were: set by hand, or in work
	begun bigint not null,
	ended bigint,
	author bigint not null,
	primary key (org, name, version)
);
create index rule_apply_waiting on rule_apply (begun, org) where ended is null;
