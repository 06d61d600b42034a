/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "store/outbox.h"

#include "base/random.h"

#include <string.h>

enum { GIVE_UP_AFTER = 2 * 86400, FIRST_DELAY = 30, LONGEST_DELAY = 3600 };

/* The host part of "sender@host" or "Name <sender@host>", for the Message-ID. */
static const char *
host_of(struct arena *a, const char *sender)
{
	const char *at = strrchr(sender, '@');
	size_t n = at ? strcspn(at + 1, "> ") : 0;

	return n ? arena_text(a, at + 1, n) : "localhost";
}

void
outbox_insert(struct work *w, struct letter *l)
{
	l->id = work_id(w);
	l->created = l->not_before > w->now ? l->not_before : w->now;
	if (!l->message_id)
		l->message_id = arena_printf(w->arena, "%016llx.%016llx@%s",
			(unsigned long long)l->id, (unsigned long long)random_number(),
			host_of(w->arena, l->sender));
	db_run(w->db,
		"insert into outbox (org, id, kind, ticket, recipient, sender, subject, "
		"body,"
		" message_id, in_reply_to, automatic, next_at, created, about)"
		" values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $12, $13)"
		" on conflict do nothing",
		l->org, l->id, l->kind, l->ticket, l->recipient, l->sender, l->subject,
		l->body, l->message_id, l->in_reply_to ? l->in_reply_to : "",
		l->automatic, l->created, l->about ? l->about : "");
}

#define COLUMNS                                                    \
	"org, id, kind, ticket, recipient, sender, subject, body," \
	" message_id, in_reply_to, automatic, attempts, created, about"

static void
read_letters(struct work *w, struct rows *r, int limit, struct letter_list *list)
{
	*list = (struct letter_list){
		.at = arena_array(w->arena, (size_t)limit, sizeof(struct letter)),
	};
	while (list->count < limit && rows_next(r))
		list->at[list->count++] = (struct letter){
			.org = row_int(r, 0),
			.id = row_int(r, 1),
			.kind = row_copy(r, 2, w->arena),
			.ticket = row_int(r, 3),
			.recipient = row_copy(r, 4, w->arena),
			.sender = row_copy(r, 5, w->arena),
			.subject = row_copy(r, 6, w->arena),
			.body = row_copy(r, 7, w->arena),
			.message_id = row_copy(r, 8, w->arena),
			.in_reply_to = row_copy(r, 9, w->arena),
			.automatic = row_int(r, 10),
			.attempts = row_int(r, 11),
			.created = row_int(r, 12),
			.about = row_copy(r, 13, w->arena),
		};
	rows_end(r);
}

void
outbox_take(struct work *w, int limit, int64_t lease, struct letter_list *list)
{
	struct rows r = db_query(w->db,
		"update outbox set next_at = $2, attempts = attempts + 1"
		" where (org, id) in (select org, id from outbox"
		" where state = 'waiting' and next_at <= $1"
		" and kind in ('email', 'text', 'letter')"
		" order by next_at, org, id limit $3)"
		" and state = 'waiting' and next_at <= $1"
		" returning " COLUMNS,
		w->now, w->now + lease, limit);

	read_letters(w, &r, limit, list);
}

void
outbox_take_messages(struct work *w, const char *kind, int limit, int64_t lease,
	struct letter_list *list)
{
	struct rows r = db_query(w->db,
		"update outbox set next_at = $2, attempts = attempts + 1"
		" where (org, id) in (select org, id from outbox"
		" where state = 'waiting' and next_at <= $1 and kind = $4"
		" order by next_at, org, id limit $3)"
		" and state = 'waiting' and next_at <= $1"
		" returning " COLUMNS,
		w->now, w->now + lease, limit, kind);

	read_letters(w, &r, limit, list);
}

bool
outbox_message_due(struct work *w, const char *kind)
{
	return db_int(w->db, 0,
		       "select 1 from outbox where state = 'waiting' and next_at <= $1"
		       " and kind = $2 limit 1",
		       w->now, kind) == 1;
}

/* $1 now, $2 the kind, $3 what goes before it; `o` is the letter. */
#define ORDERED                                                        \
	" from outbox o where o.state = 'waiting' and o.next_at <= $1" \
	" and o.kind = $2 and not exists (select 1 from outbox e"      \
	" where e.org = o.org and e.ticket = o.ticket"                 \
	" and e.recipient = o.recipient and e.state = 'waiting'"       \
	" and e.kind in ($2, $3) and e.id < o.id)"

void
outbox_take_ordered(struct work *w, const char *kind, const char *first, int limit,
	int64_t lease, struct letter_list *list)
{
	struct rows r = db_query(w->db,
		"update outbox set next_at = $4, attempts = attempts + 1"
		" where (org, id) in (select o.org, o.id" ORDERED
		" order by o.next_at, o.org, o.id limit $5)"
		" and state = 'waiting' and next_at <= $1"
		" returning " COLUMNS,
		w->now, kind, first, w->now + lease, limit);

	read_letters(w, &r, limit, list);
}

bool
outbox_ordered_due(struct work *w, const char *kind, const char *first)
{
	return db_int(w->db, 0, "select 1" ORDERED " limit 1", w->now, kind, first) == 1;
}

bool
outbox_to_staff(struct work *w, const struct letter *l)
{
	return db_int(w->db, 0,
		       "select 1 from account a join role_grant g on g.person = a.person"
		       " where a.email = $1 and g.role <> 'customer' limit 1",
		       l->recipient) == 1;
}

void
outbox_sent(struct work *w, const struct letter *l)
{
	db_run(w->db,
		"update outbox set state = 'sent', sent = $3, error = ''"
		" where org = $1 and id = $2",
		l->org, l->id, w->now);
}

/* 30 s, 60 s, 2 min ... to an hour. */
static int64_t
delay(int64_t attempts)
{
	int64_t seconds = FIRST_DELAY;

	while (--attempts > 0 && seconds < LONGEST_DELAY)
		seconds *= 2;
	return seconds < LONGEST_DELAY ? seconds : LONGEST_DELAY;
}

void
outbox_failed(struct work *w, const struct letter *l, const char *error)
{
	if (w->now - l->created > GIVE_UP_AFTER) {
		outbox_refused(w, l, error);
		return;
	}
	db_run(w->db,
		"update outbox set next_at = $3, error = $4 where org = $1 and id = $2",
		l->org, l->id, w->now + delay(l->attempts), error);
}

void
outbox_refused(struct work *w, const struct letter *l, const char *error)
{
	db_run(w->db,
		"update outbox set state = 'failed', error = $3"
		" where org = $1 and id = $2",
		l->org, l->id, error);
}

void
outbox_dropped(struct work *w, const struct letter *l, const char *why)
{
	db_run(w->db,
		"update outbox set state = 'dropped', error = $3"
		" where org = $1 and id = $2",
		l->org, l->id, why);
}

bool
outbox_due(struct work *w)
{
	return db_int(w->db, 0,
		       "select 1 from outbox where state = 'waiting' and next_at <= $1"
		       " and kind in ('email', 'text', 'letter') limit 1",
		       w->now) == 1;
}

void
outbox_settle(struct work *w, int64_t org, int64_t ticket)
{
	db_run(w->db,
		"update outbox set state = 'sent', sent = created, attempts = 1"
		" where org = $1 and ticket = $2 and state = 'waiting'",
		org, ticket);
}

int64_t
outbox_waiting(struct work *w)
{
	return db_int(w->db, 0, "select count(*) from outbox where state = 'waiting'");
}

void
outbox_state(struct work *w, int64_t org, int limit, struct outbox_state *state)
{
	struct rows r = db_query(w->db,
		"select id, created, attempts, recipient, error from outbox"
		" where org = $1 and state = 'failed'"
		" and kind in ('email', 'text', 'letter') order by id desc limit $2",
		org, limit);

	*state = (struct outbox_state){
		.at = arena_array(w->arena, (size_t)limit, sizeof *state->at),
	};
	while (rows_next(&r))
		state->at[state->count++] = (struct outbox_failure){
			.id = row_int(&r, 0),
			.created = row_int(&r, 1),
			.attempts = row_int(&r, 2),
			.recipient = row_copy(&r, 3, w->arena),
			.error = row_copy(&r, 4, w->arena),
		};
	state->waiting = db_int(w->db, 0,
		"select count(*) from outbox where org = $1 and state = 'waiting'"
		" and kind in ('email', 'text', 'letter')",
		org);
	state->failed = db_int(w->db, 0,
		"select count(*) from outbox where org = $1 and state = 'failed'"
		" and kind in ('email', 'text', 'letter')",
		org);
}

enum outcome
outbox_retry(struct work *w, int64_t org, int64_t id)
{
	if (db_run(w->db,
		    "update outbox set state = 'waiting', attempts = 0, next_at = $3,"
		    " created = $3, error = '' where org = $1 and id = $2"
		    " and state = 'failed'",
		    org, id, w->now) == 1)
		return DONE;
	return MISSING;
}
