/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "desk/letters.h"

#include "desk/promises.h"
#include "format/words.h"
#include "store/outbox.h"
#include "store/shelf.h"
#include "store/team.h"

struct correspondence {
	const struct ticket *ticket;
	struct person person;
	struct organisation organisation;
	const struct words *words;
	const char *link;
};

/* False when there is no address to write to. */
static bool
begin(struct work *w, const struct ticket *t, struct correspondence *c)
{
	struct scope all = access_house(t->org);

	*c = (struct correspondence){.ticket = t};
	if (t->customer == 0 || person_get(w, &all, t->customer, &c->person) != DONE ||
		!*c->person.email ||
		team_organisation(w, t->org, &c->organisation) != DONE)
		return false;
	c->words = words_of(c->person.language);
	c->link = arena_printf(w->arena, "%s/track/%s", w->base, t->reference);
	return true;
}

static void
send(struct work *w, const struct correspondence *c, enum word subject, const char *code,
	const char *body)
{
	struct letter l = {
		.org = c->ticket->org,
		.kind = "email",
		.ticket = c->ticket->id,
		.recipient = c->person.email,
		.sender = c->organisation.email,
		.subject = words_text(w->arena, c->words, subject,
			words_values(word_value("reference", c->ticket->reference),
				word_value("subject", c->ticket->subject),
				word_value("words", code))),
		.body = body,
		.automatic = subject != WORD_mail_reply_subject,
	};

	outbox_insert(w, &l);
}

/* The letter of a cause: greeting, what happened, signature, as one message each. */
static const char *
body_of(struct work *w, const struct correspondence *c, enum word word, const char *words,
	const char *extra)
{
	const char *text = words_text(w->arena, c->words, word,
		words_values(word_value("name", c->person.name),
			word_value("service", c->ticket->service_name),
			word_value("subject", c->ticket->subject),
			word_value("reference", c->ticket->reference),
			word_value("link", c->link), word_value("words", words),
			word_value("extra", extra),
			word_value("organisation", c->organisation.name)));

	return arena_printf(w->arena, "%s\n", text);
}

bool
letters_acknowledge(struct work *w, const struct ticket *t, const struct person *p)
{
	struct correspondence c;
	const char *due;

	if (p->id != t->customer || !begin(w, t, &c))
		return false;
	due = promises_due_date(w, t, c.words);
	if (due)
		send(w, &c, WORD_mail_acknowledge_subject, NULL,
			body_of(w, &c, WORD_mail_acknowledge_due, NULL, due));
	else
		send(w, &c, WORD_mail_acknowledge_subject, NULL,
			body_of(w, &c, WORD_mail_acknowledge_body, NULL, NULL));
	return true;
}

/* What was promised stands in the letter, in local time. */
static const char *
with_promise(
	struct work *w, const struct correspondence *c, const char *words, int64_t by)
{
	int64_t version;
	const struct calendar *calendar = shelf_calendar(
		w, c->ticket->org, c->organisation.calendar, w->now, &version);
	struct zone_time local;

	if (by == 0 || !calendar)
		return words;
	local = zone_time_at(calendar_zone(calendar), by);
	return arena_printf(w->arena, "%s\n\n%s", words,
		words_text(w->arena, c->words, WORD_mail_promise,
			words_values(
				word_value("when", words_date_time(w->arena, c->words,
							   local.date, local.second)))));
}

bool
letters_reply(struct work *w, const struct ticket *t, const char *words, int64_t by)
{
	struct correspondence c;

	if (!begin(w, t, &c))
		return false;
	send(w, &c, WORD_mail_reply_subject, NULL,
		body_of(w, &c, WORD_mail_reply_body, with_promise(w, &c, words, by),
			NULL));
	return true;
}

bool
letters_reminder(struct work *w, const struct ticket *t, const char *question)
{
	struct correspondence c;

	if (!begin(w, t, &c))
		return false;
	send(w, &c, WORD_mail_reminder_subject, NULL,
		body_of(w, &c, WORD_mail_reminder_body, question, NULL));
	return true;
}

bool
letters_resolved(
	struct work *w, const struct ticket *t, const char *solution, const char *survey)
{
	struct correspondence c;

	if (!begin(w, t, &c))
		return false;
	send(w, &c, WORD_mail_resolved_subject, NULL,
		body_of(w, &c, WORD_mail_resolved_body, solution,
			arena_printf(w->arena, "%s/feedback/%s", w->base, survey)));
	return true;
}

bool
letters_cancelled(struct work *w, const struct ticket *t, const char *reason)
{
	struct correspondence c;

	if (!begin(w, t, &c))
		return false;
	send(w, &c, WORD_mail_cancelled_subject, NULL,
		body_of(w, &c, WORD_mail_cancelled_body, reason, NULL));
	return true;
}

bool
letters_code(struct work *w, const struct ticket *t, const char *code)
{
	struct correspondence c;

	if (!begin(w, t, &c))
		return false;
	send(w, &c, WORD_mail_code_subject, code,
		body_of(w, &c, WORD_mail_code_body, code, NULL));
	return true;
}
