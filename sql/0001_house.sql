-- SPDX-License-Identifier: AGPL-3.0-or-later
-- The nouns of the house. Every key starts with the organisation; ids are made by the
-- program; times are UTC seconds; 0 and 1 are no and yes. What stands in a comment that
-- begins "/*sqlite" is read by SQLite alone.
--
-- On SQLite a table whose wide rows are found one by one by their id (ticket, person) has
-- the id as its rowid, which is a third of the search; one that is read in stretches
-- (event, clock) is kept in the order of its key.

create table organisation (
	id bigint primary key,
	code text not null unique,
	name text not null,
	kind text not null check (kind in ('council', 'desk', 'partner', 'supplier')),
	language text not null default 'en',
	email text not null default '',
	phone text not null default '',
	calendar bigint not null default 0,
	division text not null default 'england-and-wales', -- whose bank holidays
	portal bigint not null default 0, -- 1: shown to who has not signed in
	alarm bigint not null default 0 -- until when every staff page says that the glass was broken
);

create table bank_holiday (
	division text not null,
	day text not null, -- YYYY-MM-DD
	title text not null,
	primary key (division, day)
);

-- A calendar version never changes; an edit makes a new one (clock.md section 1).
create table calendar (
	org bigint not null references organisation (id),
	id bigint not null,
	version bigint not null,
	name text not null,
	definition text not null,
	valid_from bigint not null,
	holidays text not null default 'division' check (holidays in ('', 'division', 'uk')),
				-- closed too: those of the organisation's division, or any
	author bigint not null default 0,
	made bigint not null default 0,
	primary key (org, id, version)
);

create table team (
	org bigint not null references organisation (id),
	id bigint not null,
	name text not null,
	kind text not null check (kind in ('desk', 'resolver', 'supplier', 'partner')),
	calendar bigint not null default 0,
	push bigint not null default 0, -- 1: the desk assigns; 0: people claim
	primary key (org, id),
	unique (org, name)
);

create table person (
	org bigint not null references organisation (id),
	id /*sqlite integer primary key,*//*postgres bigint not null,*/
	name text not null,
	email text,
	phone text,
	body text,    -- the employer, for an internal customer
	address text,
	postcode text,
	uprn text,
	adjustments text, -- what helps: large print, BSL, safe times to call
	language text not null default 'en',
	vip bigint not null default 0,
	vulnerable bigint not null default 0,
	created bigint not null/*postgres , primary key (org, id)*/
);
create index person_name on person (org, lower(name));

-- How a person is found again: addresses in their one normal form.
create table person_address (
	org bigint not null,
	kind text not null check (kind in ('email', 'phone')),
	value text not null,
	person bigint not null,
	primary key (org, kind, value, person),
	/*sqlite foreign key (person) references person (id)*//*postgres foreign key (org, person) references person (org, id)*/
)/*sqlite without rowid*/;

create table account (
	email text primary key,
	org bigint not null,
	person bigint not null,
	password text not null, -- Argon2id; "" : there is none
	disabled bigint not null default 0,
	unique (org, person),
	/*sqlite foreign key (person) references person (id)*//*postgres foreign key (org, person) references person (org, id)*/
);

create index account_person on account (person); -- also where they are not at home

-- A role that a person has in an organisation, which need not be their own.
create table role_grant (
	org bigint not null references organisation (id),
	person bigint not null,
	role text not null,
	granted bigint not null,
	primary key (org, person, role)
);
create index role_grant_person on role_grant (person);

create table member (
	org bigint not null,
	team bigint not null,
	person bigint not null,
	primary key (org, person, team),
	foreign key (org, team) references team (org, id)
)/*sqlite without rowid*/;

create table api_token (
	hash text primary key,
	id bigint not null unique,
	org bigint not null references organisation (id),
	person bigint not null,
	name text not null,
	role text not null,
	scopes text not null default '', -- words of store/token; "": all the role may do
	rate bigint not null default 0,	 -- requests a second; 0: the house's
	created bigint not null,
	expires bigint not null,
	used bigint not null default 0	 -- about when last, by the minute
);
create index api_token_org on api_token (org, name);

create table service (
	org bigint not null references organisation (id),
	code text not null,
	name text not null,
	category text not null,
	kind text not null check (kind in ('request', 'incident', 'problem', 'change',
		'event', 'enquiry', 'complaint', 'need')),
	team bigint not null,
	priority bigint not null,
	restricted bigint not null default 0,
	who_may_ask text not null default 'anyone',
	geo text not null default 'none',
	open311 bigint not null default 0,
	charge text not null default '',
	retention_months bigint not null default 24,
	reopen_days bigint not null default 10, -- working days in which a clock resumes
	emergency text not null default '',
	note text not null default '',
	lgsl text not null default '',
	lgil text not null default '',
	source text not null default '', -- pairs: the catalogue row as imported
	size bigint not null default 1 check (size > 0), -- how much work one ticket is
	state text not null default 'live' check (state in ('draft', 'live', 'ended')),
	primary key (org, code),
	foreign key (org, team) references team (org, id)
);

-- A form version never changes; a ticket keeps the version it was made with.
create table form (
	org bigint not null,
	service text not null,
	version bigint not null,
	fields text not null, -- the grammar of rule/form
	state text not null check (state in ('draft', 'live', 'archived')),
	created bigint not null,
	primary key (org, service, version),
	foreign key (org, service) references service (org, code)
);
create unique index form_live on form (org, service) where state = 'live';

-- Ordered tables, each as a whole in versions (clock.md sections 7, 8). The first row that
-- matches decides; of `escalation` every row that matches applies. A null condition matches
-- anything.
create table rule_table (
	org bigint not null references organisation (id),
	name text not null check (name in ('priority', 'route', 'target', 'leg',
		'escalation', 'status', 'field')),
	version bigint not null,
	state text not null check (state in ('draft', 'live', 'retired')),
	published bigint,
	author bigint,
	reason text not null default '',	-- why it was published
	restored bigint not null default 0, -- the version whose rows it brought back
	primary key (org, name, version)
);
create unique index rule_table_live on rule_table (org, name) where state = 'live';

create table rule_row (
	org bigint not null,
	name text not null,
	version bigint not null,
	position bigint not null,
	service text,
	category text,
	channel text,
	priority bigint,
	impact bigint,
	urgency bigint,
	vip bigint,
	vulnerable bigint,
	words text,		-- a word or phrase in the subject or the text
	team bigint,		-- tables leg, escalation: with whom the work is
	clock text check (clock in ('response', 'resolution', 'update', 'team', 'supplier')),
				-- table escalation: of these clocks
	set_priority bigint,	-- table priority
	set_team bigint,	-- table route
	response bigint,	-- table target: an answer within so many
	response_unit text check (response_unit in ('seconds', 'working_days', 'months', 'days')),
	resolution bigint,	-- tables target, leg: a solution within so many
	extended bigint not null default 0, -- table target: to which it may be extended
	unit text check (unit in ('seconds', 'working_days', 'months', 'days')),
				-- of resolution; table escalation: of amount
	calendar bigint,	-- tables target, leg
	mode text check (mode in ('carry', 'from_start', 'restart')),
				-- tables target, leg: what a change to this target does
	day_end text check (day_end in ('closing', 'midnight')),
				-- tables target, leg: when a due date in working days is over
	pauses bigint not null default 1, -- tables target, leg: 0: nothing pauses it
	threshold text check (threshold in ('percent', 'offset')), -- table escalation:
	amount bigint,		-- percent of the target; or after it, in the unit
	notify bigint not null default 0, -- 1 assignee, 2 team leaders, 4 service owners
	any_hour bigint not null default 0, -- 1: without regard to their working hours
	over_hand bigint not null default 0, -- priority, route: also over what a person set
	field text,		-- table field: what is changed or read,
	role text,		-- by who has this role
	kind text,		-- tables status, field: of tickets of this kind,
	from_status text,	-- from this status
	to_status text,		-- to this one:
	refused bigint not null default 0, -- 1: it may not be,
	needs_right text not null default '', -- or takes this right
	demands bigint not null default 0, -- and 1 words, 2 assignee, 4 customer, 8 place
	note text not null default '',
	primary key (org, name, version, position),
	foreign key (org, name, version) references rule_table (org, name, version)
);

create table ticket (
	org bigint not null,
	id /*sqlite integer primary key,*//*postgres bigint not null,*/
	reference text not null, -- 7KM-39Q-XAT, see rule/reference
	kind text not null,
	service text not null,
	form_version bigint not null default 0,
	subject text not null,
	status text not null check (status in ('new', 'open', 'waiting', 'resolved',
		'closed', 'cancelled')),
	open bigint not null,	 -- 1 while something is owed
	priority bigint not null,
	impact bigint not null default 0,
	urgency bigint not null default 0,
	team bigint not null,
	assignee bigint not null default 0,
	customer bigint not null default 0,
	restricted bigint not null default 0,
	channel text not null,
	place text not null default '', -- "lat,long", a UPRN or an address
	waiting_for text not null default '',
	created bigint not null,
	updated bigint not null,
	solved bigint not null default 0,
	closed bigint not null default 0,
	due bigint not null,	-- where it stands in a work list, see rule/promise
	handovers bigint not null default 0,
	reopened bigint not null default 0,
	events bigint not null default 0, -- the last seq given
	version bigint not null default 1,
	ticking bigint not null default 0, -- 1 while a clock of it runs or is paused
	next_at bigint,		-- when one wants attention: a step, the breach, a reminder
	clocks text not null default ''/*postgres , primary key (org, id)*/
				-- a cache of the fold over its events, see store/kept_clock
);
/*sqlite create index ticket_every on ticket (org, id);*/
create unique index ticket_reference on ticket (reference, org);
-- Work lists; behind the order stand the columns that a scope asks for, so that counting
-- reads the index alone.
create index ticket_due on ticket (org, due, id, open, restricted, team, customer, service)
	where open = 1;
create index ticket_team on ticket (org, team, due, id, open, restricted, customer, service,
	created, assignee) where open = 1; -- the last two for figures
create index ticket_assignee on ticket (org, assignee, due, id, open, restricted, team,
	customer, service) where open = 1 and assignee > 0;
create index ticket_next on ticket (next_at) where next_at is not null;
create index ticket_ticking on ticket (org, id) where ticking = 1;
create index ticket_customer on ticket (org, customer, id);
create index ticket_solved on ticket (org, solved, id, team, service) where solved > 0;
create index ticket_cancelled on ticket (org, closed, id) where status = 'cancelled';
create index ticket_created on ticket (org, created, team, service); -- for figures alone

-- One thing that reached us for a person. Never changed.
create table contact (
	org bigint not null,
	id bigint not null,
	channel text not null check (channel in ('web', 'email', 'call', 'visit', 'letter',
		'api', 'open311', 'import', 'field')),
	key text not null, -- Message-ID, call id, once-token, idempotency key
	digest text not null default '', -- of what came, to tell a retry from a clash
	ticket bigint not null,
	person bigint not null default 0,
	service text not null default '',
	at bigint not null,
	name text not null default '',
	email text not null default '',
	phone text not null default '',
	subject text not null default '',
	words text not null default '',
	fields text not null default '', -- pairs: name=value&..., in order
	primary key (org, id)
)/*sqlite without rowid*/;
create unique index contact_key on contact (org, channel, key);
create index contact_ticket on contact (org, ticket);

-- What happened to a ticket: append-only, the timeline.
create table event (
	org bigint not null,
	ticket bigint not null,
	seq bigint not null,
	at bigint not null,
	kind text not null,
	actor bigint not null default 0,
	actor_kind text not null check (actor_kind in ('customer', 'staff', 'system',
		'api', 'import')),
	public bigint not null default 0,
	contact bigint not null default 0,
	body text not null default '',
	html text, -- the body with its marks, made inert by format/sanitise
	data text not null default '', -- pairs
	primary key (org, ticket, seq)
)/*sqlite without rowid*/;

-- A promise that stands: a clock that has stopped, and each earlier cycle of it that was
-- followed by one with nothing spent, for figures. Follows ticket.clocks.
create table verdict (
	org bigint not null,
	ticket bigint not null,
	kind text not null check (kind in ('response', 'resolution', 'update', 'team',
		'supplier')),
	subject bigint not null default 0, -- the team of a leg (team, supplier)
	cycle bigint not null default 1, -- what begins anew leaves its old verdict standing
	stopped bigint not null,
	met bigint not null,
	tightened bigint not null default 0, -- 1: broken by a change of target, not by time
	primary key (org, ticket, kind, subject, cycle)
)/*sqlite without rowid*/;
create index verdict_stopped on verdict (org, kind, stopped, ticket, met, tightened);

-- Why it is here and what was promised: the row that decided and what it saw.
create table decision (
	org bigint not null,
	ticket bigint not null,
	seq bigint not null,	-- of the event that caused it
	name text not null,
	version bigint not null,
	position bigint not null, -- 0: no row matched, the fallback decided
	saw text not null,	-- pairs
	gave text not null,	-- pairs
	primary key (org, ticket, seq, name)
)/*sqlite without rowid*/;

create table attachment (
	org bigint not null,
	id bigint not null,
	ticket bigint not null,
	seq bigint not null,	-- of the event it came with
	filename text not null,
	type text not null,	-- found from the content
	size bigint not null,
	digest text not null,
	public bigint not null default 1,
	scanned bigint not null default 0, -- 1: clamd found nothing, 2: it did, and it is gone
	primary key (org, id)
);
create index attachment_ticket on attachment (org, ticket);
create index attachment_unscanned on attachment (id) where scanned = 0;

create table attachment_part (
	org bigint not null,
	attachment bigint not null,
	part bigint not null,
	data bytea not null,
	primary key (org, attachment, part)
)/*sqlite without rowid*/;

-- Letters that must leave, written in the same transaction as their cause.
create table outbox (
	org bigint not null,
	id bigint not null,
	kind text not null check (kind in ('email', 'text', 'letter', 'webhook',
		'open311', 'open311-update')),
	ticket bigint not null default 0,
	recipient text not null,
	sender text not null,
	subject text not null default '',
	body text not null,
	message_id text not null,
	in_reply_to text not null default '',
	automatic bigint not null default 1, -- 0: a person wrote it
	state text not null default 'waiting' check (state in ('waiting', 'sent', 'failed',
		'dropped')), -- dropped: what it is about was over before it left
	attempts bigint not null default 0,
	next_at bigint not null,
	error text not null default '', -- or why it was dropped
	about text not null default '', -- what it depends on: desk/outdated
	created bigint not null,
	sent bigint,
	primary key (org, id)
);
create index outbox_next on outbox (next_at, org, id) where state = 'waiting';
create index outbox_ticket on outbox (org, ticket);
create index outbox_refused on outbox (org, id) where state = 'failed';
create unique index outbox_message on outbox (message_id);

create table session (
	hash text primary key,	-- of the cookie
	secret text not null,	-- for form tokens
	org bigint not null default 0,
	person bigint not null default 0, -- 0: nobody has signed in
	created bigint not null,
	seen bigint not null,
	expires bigint not null,
	peer text not null default '',
	agent text not null default '',
	way text not null default '', -- password, passkey, link ...
	must_enrol bigint not null default 0 -- 1: a second factor is to be set up first
);
create index session_person on session (person) where person > 0;
create index session_expires on session (expires);

-- A half-filled form. Lives 30 days.
create table draft (
	session text not null,
	org bigint not null,
	service text not null,
	version bigint not null,
	once text not null,	-- becomes the contact's key
	answers text not null default '', -- pairs
	updated bigint not null,
	sent text not null default '', -- the reference, once it was sent
	primary key (session, org, service)
);
create index draft_updated on draft (updated);

create table draft_file (
	session text not null,
	org bigint not null,
	service text not null,
	field text not null,
	position bigint not null,
	filename text not null,
	type text not null,
	data bytea not null,
	primary key (session, org, service, field, position)
);

-- One-time codes for tracking without an account, and what a session has opened.
create table track_code (
	org bigint not null,
	ticket bigint not null,
	hash text not null,
	created bigint not null,
	expires bigint not null,
	tries bigint not null default 0,
	used bigint not null default 0,
	primary key (org, ticket, created, hash)
);

create table track_grant (
	session text not null,
	org bigint not null,
	ticket bigint not null,
	expires bigint not null,
	primary key (session, org, ticket)
);

create table survey (
	org bigint not null,
	ticket bigint not null,
	cycle bigint not null,	-- a reopened ticket is asked about again
	hash text not null unique,
	team bigint not null,
	service text not null,
	sent bigint not null,
	score bigint,
	comment text not null default '',
	answered bigint,
	primary key (org, ticket, cycle)
);
create index survey_sent on survey (org, sent, team, service, score);

create table saved_reply (
	org bigint not null,
	ticket bigint not null,
	person bigint not null,
	body text not null,
	updated bigint not null,
	primary key (org, ticket, person)
);

-- What came from another system: each row once.
create table import_row (
	org bigint not null,
	source text not null,
	key text not null,
	digest text not null,
	ticket bigint not null default 0,
	extra text not null default '', -- pairs: what the source says that we keep beside ours
	primary key (org, source, key)
)/*sqlite without rowid*/;
create index import_row_ticket on import_row (org, ticket) where ticket > 0;

-- Who did and who saw what. Rows are sealed into a chain by a job (store/audit).
create table audit (
	org bigint not null,
	id bigint not null,
	at bigint not null,
	actor bigint not null,
	actor_kind text not null,
	action text not null,
	subject text not null,
	detail text not null default '',
	sealed bigint not null default 0, -- 1: it has a place in the chain
	primary key (org, id)
)/*sqlite without rowid*/;
create index audit_unsealed on audit (org, id) where sealed = 0;

create table audit_seal (
	org bigint not null,
	seq bigint not null,
	audit bigint not null,
	hash text not null,
	primary key (org, seq)
)/*sqlite without rowid*/;
create unique index audit_seal_row on audit_seal (org, audit);

create table attempt (
	what text not null, -- "sign-in:EMAIL-HASH", "code:TICKET"
	window_start bigint not null,
	count bigint not null,
	primary key (what, window_start)
);
