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
	body bytea not null,
	created bigint not null,
	primary key (caller, key)
)/*sqlite without rowid*/;
create index kept_answer_created on kept_answer (created);
