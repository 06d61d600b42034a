-- SPDX-License-Identifier: AGPL-3.0-or-later
-- Doors for machines: answers kept for retries.

-- What a changing request of a machine was answered, under the key it gave: the same
-- request again gets the same answer. Written in the transaction of the change itself,
-- swept after a day.
create table kept_answer (
	caller text not null,	-- hash of the token
	key text not null,	-- Idempotency-Key
	digest text not null,	-- of method, address and body
	org bigint not null,
	status bigint not null,
	type text not null,
	tag text not null,	-- ETag
	location text not null,
	body bytea not null,	-- sealed with a key out of the token
	created bigint not null,
	primary key (caller, key)
)/*sqlite without rowid*/;
create index kept_answer_created on kept_answer (created);

-- How a service marked for Open311 is offered there; without a row as the defaults say.
create table open311_service (
	org bigint not null,
	service text not null,
	type text not null default 'realtime' check (type in ('realtime', 'batch')),
	keywords text not null default '',
	words bigint not null default 0,    -- 1: what the reporter wrote may be read by all
	moderate bigint not null default 0, -- 1: but only after somebody here has read it
	stopper text not null default '',   -- why nothing is taken just now
	photos bigint not null default 0,   -- 1: photographs of the report may be seen by all
	primary key (org, service),
	foreign key (org, service) references service (org, code)
)/*sqlite without rowid*/;

-- What stops a report of a service, in the order of their ids (rule/stopper).
create table open311_stopper (
	org bigint not null,
	service text not null,
	id bigint not null,
	kind text not null check (kind in ('answer', 'inside', 'outside')),
	field text not null,
	value text not null,
	area text not null,
	words text not null,
	until bigint not null,
	primary key (org, service, id)
)/*sqlite without rowid*/;

-- Tickets that everybody may know of, from when on, and as what.
create table publication (
	org bigint not null,
	ticket bigint not null,
	service text not null,
	requested bigint not null, -- when it was published: never before
	updated bigint not null,
	status text not null,	   -- the Open311 status told last
	words text not null,	   -- what may be read of the reporter's own; ''
	photos bigint not null default 0, -- 1: those that came with the report may be seen
	hidden bigint not null default 0,
	token text,		   -- of a batch service, until the client has fetched the id
	primary key (org, ticket)
)/*sqlite without rowid*/;
create index publication_requested on publication (org, requested, ticket);
create unique index publication_token on publication (token) where token is not null;

-- What somebody here decided of single photographs; the others follow publication.photos.
create table publication_photo (
	org bigint not null,
	ticket bigint not null,
	attachment bigint not null,
	shown bigint not null,
	primary key (org, attachment)
)/*sqlite without rowid*/;

-- Photographs of which only the address came: a job fetches them and keeps them as files of
-- their ticket.
create table remote_photo (
	org bigint not null,
	id bigint not null,
	ticket bigint not null,
	seq bigint not null, -- of the event it came with
	address text not null,
	state text not null default 'waiting' check (state in ('waiting', 'kept', 'refused')),
	tries bigint not null default 0,
	next_at bigint not null,
	error text not null default '',
	primary key (org, id)
);
create index remote_photo_next on remote_photo (next_at) where state = 'waiting';

-- What was told about them, each under one id for ever.
create table publication_update (
	org bigint not null,
	id bigint not null,
	ticket bigint not null,
	seq bigint not null, -- of the event
	at bigint not null,
	status text not null,
	primary key (org, id)
)/*sqlite without rowid*/;
create index publication_update_at on publication_update (org, at, id);
create index publication_update_ticket on publication_update (org, ticket, id);

-- Updates that clients posted: each is applied once.
create table open311_update (
	caller text not null,	 -- hash of the key
	update_id text not null, -- theirs
	org bigint not null,
	ticket bigint not null,
	answer text not null,	 -- the id that was given
	at bigint not null,
	primary key (caller, update_id)
)/*sqlite without rowid*/;

-- Reports that came lately, to know one that comes twice without a key.
create table open311_post (
	org bigint not null,
	what text not null, -- digest of the key and of what tells reports apart
	ticket bigint not null,
	at bigint not null,
	primary key (org, what)
)/*sqlite without rowid*/;
create index open311_post_at on open311_post (at);

-- Who is told of events by HTTP: messages lie in the outbox, kind webhook, their recipient
-- is the id of a row here.
create table webhook (
	org bigint not null references organisation (id),
	id bigint not null,
	name text not null,
	url text not null,
	secret bytea not null,	-- sealed (store/vault)
	events text not null,	-- kinds of event with blanks between; '' all
	services text not null, -- codes; '' all
	restricted bigint not null default 0, -- 1: of restricted tickets too
	active bigint not null default 1,
	reason text not null default '', -- why it was switched off
	failing_since bigint not null default 0,
	created bigint not null,
	primary key (org, id)
);

-- Each try to deliver a message.
create table webhook_try (
	org bigint not null,
	id bigint not null,
	webhook bigint not null,
	message bigint not null, -- of the outbox
	at bigint not null,
	status bigint not null,	 -- of HTTP; 0: no answer
	took bigint not null,	 -- milliseconds
	answer text not null,	 -- its first bytes, or why there was none
	primary key (org, id)
)/*sqlite without rowid*/;
create index webhook_try_of on webhook_try (org, webhook, id);

-- Other bodies that speak Open311: they take our tickets that stand with a team, and may
-- give us theirs.
create table open311_body (
	org bigint not null references organisation (id),
	id bigint not null,
	name text not null,
	url text not null,	-- ends with '/'
	key bytea not null,	-- sealed (store/vault)
	jurisdiction text not null default '',
	team bigint not null,
	services text not null,	-- pairs: our code = theirs
	statuses text not null default '', -- pairs: their status = what it does here
	requests bigint not null default 0, -- 1: their requests become tickets of ours
	updates bigint not null default 0,  -- 1: they hear what we do about their requests
	area text not null default '',	    -- corners: where we take them; '' anywhere
	active bigint not null default 1,
	format text not null default '',    -- xml, json; '' not known yet
	skew bigint not null default 0,	    -- seconds their clock is before ours
	looked bigint not null default 0,   -- when their list of services was last right
	pulled bigint not null default 0,   -- up to when updates were asked for
	next_pull bigint not null default 0,
	failures bigint not null default 0, -- rounds without an answer since the last good one
	listed bigint not null default 0,   -- services in their list when it was last right
	alarm text not null default '',	    -- what was wrong the last time
	alarm_since bigint not null default 0,
	primary key (org, id)
);
create index open311_body_next on open311_body (next_pull) where active = 1;

-- The last exchange of each kind with them.
create table open311_exchange (
	org bigint not null,
	body bigint not null,
	what text not null, -- discovery services definition create token updates requests update
	at bigint not null,
	good bigint not null default 0,     -- when it last went well; 0: never
	failures bigint not null default 0, -- since then
	problem text not null default '',
	primary key (org, body, what)
)/*sqlite without rowid*/;

-- What they ask about a service of theirs: codes of attributes with blanks between.
create table open311_definition (
	org bigint not null,
	body bigint not null,
	code text not null,
	attributes text not null,
	at bigint not null,
	primary key (org, body, code)
)/*sqlite without rowid*/;

-- Their requests: which ticket each became, or why none.
create table open311_brought (
	org bigint not null,
	body bigint not null,
	theirs text not null,
	ticket bigint not null, -- 0: ignored
	ignored text not null default '' check (ignored in ('', 'incomplete', 'service', 'area',
		'ours', 'closed', 'refused')),
	at bigint not null,
	primary key (org, body, theirs)
)/*sqlite without rowid*/;

-- What was sent to them, under which id of theirs.
create table open311_sent (
	org bigint not null,
	body bigint not null,
	ticket bigint not null,
	theirs text not null, -- '' until they have said it
	token text not null default '',
	told text not null default '', -- the status they were told last
	sent bigint not null,
	primary key (org, body, ticket)
)/*sqlite without rowid*/;
create index open311_sent_theirs on open311_sent (org, body, theirs);

-- Updates of theirs: each is applied once; ticket 0: for an id we do not know.
create table open311_pulled (
	org bigint not null,
	body bigint not null,
	update_id text not null,
	theirs text not null,
	ticket bigint not null,
	status text not null,
	words text not null,
	at bigint not null,
	primary key (org, body, update_id)
)/*sqlite without rowid*/;
create index open311_pulled_theirs on open311_pulled (org, body, theirs, at);
