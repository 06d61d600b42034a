-- SPDX-License-Identifier: AGPL-3.0-or-later
-- What the promises need beside their clocks: why a customer may be waited for, the ledger of
-- pauses, and which escalation steps have fired.

-- Every reason is on the customer's side: no clock of theirs stops for a team or a supplier.
create table wait_reason (
	org bigint not null references organisation (id),
	code text not null,
	position bigint not null,
	words text not null,	-- as staff read it
	side text not null default 'customer' check (side = 'customer'), -- whose turn it is
	proof text not null check (proof in ('question', 'evidence')),
	chase_days bigint not null default 0, -- working days between reminders; 0: none
	chase_limit bigint not null default 0, -- so many reminders, then the clock goes on
	review_days bigint not null default 0, -- goes on after so many at the latest; 0: never
	ended bigint not null default 0, -- 1: not offered any more
	primary key (org, code)
)/*sqlite without rowid*/;

-- Each time a clock was paused: written with the event that did it, rebuilt by `check`.
create table pause (
	org bigint not null,
	ticket bigint not null,
	seq bigint not null,	-- of the event `waiting`
	clock text not null,	-- resolution team supplier
	subject bigint not null, -- the team of a leg, else 0
	reason text not null,
	person bigint not null,	-- who said so
	team bigint not null,	-- with whom the work was
	supplier bigint not null, -- 1: that is a supplier or partner
	question bigint not null, -- seq of the outbound question that proves it, or 0
	evidence text not null default '', -- what proves it instead
	began bigint not null,
	ended bigint,		-- null: it lasts
	until bigint,		-- when it ends by itself at the latest; null: it does not
	why text not null default '', -- message chase review staff resolved ...: what ended it
	spent bigint not null,	-- of the clock when it began, in its unit
	target bigint not null,
	unit text not null check (unit in ('seconds', 'working_days', 'days')),
	last_tenth bigint not null, -- 1: begun in the last tenth of the target, see rule/promise_set
	-- `began` too: work that leaves a team and comes back while the customer is waited for
	primary key (org, ticket, seq, clock, subject, began)
)/*sqlite without rowid*/;
create index pause_began on pause (org, began);
create index pause_lasting on pause (org, until) where ended is null;

-- A step fires once for (clock, cycle, step), whoever sees first that it is due.
create table escalation (
	org bigint not null,
	ticket bigint not null,
	clock text not null,
	subject bigint not null,
	cycle bigint not null,
	step text not null,	-- "percent 75", "offset -1800", "breach"
	due bigint not null,	-- when it was due
	at bigint not null,	-- when it fired
	late bigint not null,	-- 1: it was due before it could fire
	seq bigint not null,	-- of the event
	primary key (org, ticket, clock, subject, cycle, step)
)/*sqlite without rowid*/;

-- Tickets for whose clocks something could not be done: tried again by themselves, so that
-- they hold nobody else up.
create table put_aside (
	org bigint not null,
	ticket bigint not null,
	since bigint not null,	  -- the first failure
	attempts bigint not null, -- that failed
	retry_at bigint not null,
	primary key (org, ticket)
)/*sqlite without rowid*/;
