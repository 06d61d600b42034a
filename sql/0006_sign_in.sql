-- SPDX-License-Identifier: AGPL-3.0-or-later
-- Everything at the door. What opens something is kept as a hash; what must be read again
-- (a key of TOTP, a client secret) is sealed with the key of the key file (store/vault).

-- A browser in which somebody has signed in before: it keeps its own count of wrong tries.
create table device (
	hash text not null,
	person bigint not null,
	created bigint not null,
	primary key (hash, person)
);
create index device_created on device (created);

-- The first factor was right; the second is asked of this session.
create table sign_in_step (
	session text primary key,
	email text not null,
	way text not null,
	door text not null,
	next text not null,
	expires bigint not null
);

create table totp (
	person bigint primary key,
	secret bytea not null,	-- sealed
	confirmed bigint not null default 0,
	step bigint not null default 0, -- the last one used: none is taken twice
	created bigint not null
);

create table recovery_code (
	person bigint not null,
	hash text not null,
	created bigint not null,
	used bigint not null default 0,
	primary key (person, hash)
);

create table passkey (
	id text primary key,	-- the credential's, base64url
	person bigint not null,
	name text not null,
	key bytea not null,	-- COSE, as the authenticator gave it
	count bigint not null,	-- of signatures
	created bigint not null,
	used bigint not null default 0
);
create index passkey_person on passkey (person);

-- What an authenticator is asked to sign: once, by this session, soon.
create table challenge (
	hash text primary key,
	session text not null,
	purpose text not null check (purpose in ('register', 'sign-in', 'second')),
	expires bigint not null
);

-- A letter with a link: once, in the browser that asked, soon.
create table email_link (
	hash text primary key,
	session text not null,
	purpose text not null check (purpose in ('sign-in', 'sign-up')),
	org bigint not null,
	email text not null,
	name text not null default '',
	next text not null default '',
	created bigint not null,
	expires bigint not null
);
create index email_link_expires on email_link (expires);

-- Somebody who is to work here and has not been seen yet. Their account is made, or their roles
-- are given to the one they have, when they come: by the link of a letter, or by an identity
-- provider that vouches for the address.
create table invitation (
	org bigint not null references organisation (id),
	id bigint not null,
	email text not null,
	name text not null,
	roles text not null,	-- names, with blanks between
	teams text not null default '',	-- ids, with blanks between
	hash text,		-- of the link sent last; null: a provider vouches
	giver bigint not null,	-- who asks them in
	created bigint not null,
	sent bigint not null,
	expires bigint not null,
	primary key (org, id),
	unique (org, email)
);
create unique index invitation_hash on invitation (hash) where hash is not null;

-- What an organisation asks of its staff at the door.
create table sign_in_rule (
	org bigint primary key references organisation (id),
	second_factor bigint not null default 0
);

-- Who else may say who somebody is.
create table identity_provider (
	org bigint not null references organisation (id),
	id bigint not null,
	kind text not null check (kind in ('oidc', 'ldap')),
	name text not null,
	audience text not null check (audience in ('staff', 'residents')),
	live bigint not null default 1,
	settings text not null, -- pairs: see store/provider
	secret bytea not null,	-- sealed
	primary key (org, id)
);

-- Whom a provider means by its name for somebody.
create table identity (
	org bigint not null,
	provider bigint not null,
	subject text not null,
	person bigint not null,
	seen bigint not null,
	primary key (org, provider, subject)
);
create index identity_person on identity (person);

-- Roles that came from a provider, and are made anew at each sign-in.
create table provider_grant (
	org bigint not null,
	provider bigint not null,
	person bigint not null,
	role text not null,
	primary key (org, provider, person, role)
);

-- What a provider publishes about itself, kept for a while.
create table provider_paper (
	org bigint not null,
	provider bigint not null,
	name text not null check (name in ('discovery', 'keys')),
	body text not null,
	fetched bigint not null,
	primary key (org, provider, name)
);

-- Somebody was sent to a provider and should come back to this session.
create table provider_trip (
	hash text primary key,	-- of the state
	session text not null,
	org bigint not null,
	provider bigint not null,
	nonce text not null,
	verifier text not null,
	door text not null,
	next text not null,
	expires bigint not null
);
create index provider_trip_expires on provider_trip (expires);

-- The account behind glass: opened by its own long secret, and then once only.
create table break_glass (
	org bigint primary key references organisation (id),
	person bigint not null,
	email text not null,
	hash text not null unique,
	sealed bigint not null,
	created bigint not null,
	opened bigint not null default 0
);
