/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "desk/letters.h"

#include "desk/promises.h"
#include "format/words.h"
#include "store/outbox.h"
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

bool
letters_reply(struct work *w, const struct ticket *t, const char *words)
{
	struct correspondence c;

	if (!begin(w, t, &c))
		return false;
	send(w, &c, WORD_mail_reply_subject, NULL,
		body_of(w, &c, WORD_mail_reply_body, words, NULL));
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
letters_code(struct work *w, const struct ticket *t, const char *code)
{
	struct correspondence c;

	if (!begin(w, t, &c))
		return false;
	send(w, &c, WORD_mail_code_subject, code,
		body_of(w, &c, WORD_mail_code_body, code, NULL));
	return true;
}
