/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "web/sending.h"

#include <string.h>

static void
add_answers(struct work *w, const struct asking *a, struct contact *c)
{
	for (int i = 0; i < a->form.count; i++) {
		const struct field *f = &a->form.fields[i];
		struct fieldtyped t = asking_answer(w, a, f);

		for (int k = 0; k < t.count; k++)
			pairs_add(w->arena, &c->fields, f->name, t.values[k]);
	}
}

/* The first answer to a field of such a type; `last` of its values or the first. */
static const char *
first_of(struct work *w, const struct asking *a, enum field_type type, bool last)
{
	for (int i = 0; i < a->form.count; i++) {
		struct fieldtyped t = {.count = 0};

		if (a->form.fields[i].type == type)
			t = asking_answer(w, a, &a->form.fields[i]);
		if (t.count)
			return t.values[last ? t.count - 1 : 0];
	}
	return NULL;
}

/* Where it is, as exactly as it was told. */
static const char *
place_of(struct work *w, const struct asking *a)
{
	const char *place = first_of(w, a, FIELD_POINT, false);

	if (!place)
		place = first_of(w, a, FIELD_UPRN, false);
	if (!place && strcmp(a->service.geo, "none") != 0)
		place = first_of(w, a, FIELD_ADDRESS, false);
	return place;
}

static const char *
subject_of(struct work *w, const struct asking *a, const char *words)
{
	const char *about = first_of(w, a, FIELD_POINT, true);

	if (a->service.restricted)
		return a->service.name;
	if (!about)
		about = first_of(w, a, FIELD_UPRN, true);
	if (!about)
		about = words;
	if (!about || !*about)
		return a->service.name;
	return arena_printf(
		w->arena, "%s: %.*s", a->service.name, (int)strcspn(about, "\n"), about);
}

struct contact
sending_contact(struct work *w, const struct asking *a)
{
	struct asking_contact from = asking_contact_of(w, a);
	const char *words = first_of(w, a, FIELD_LONG, false);
	struct contact c = {
		.org = a->service.org,
		.channel = CHANNEL_WEB,
		.key = a->draft.once,
		.person = a->person.id,
		.from = {.name = from.name, .email = from.email, .phone = from.phone},
		.service = a->service.code,
		.subject = subject_of(w, a, words),
		.words = words ? words : "",
		.place = place_of(w, a),
	};

	add_answers(w, a, &c);
	return c;
}

enum outcome
sending_send(struct work *w, const struct asking *a, struct receipt *got)
{
	struct contact c = sending_contact(w, a);
	struct draft_file_list files;
	enum outcome end;

	draft_files(w, &a->draft, DRAFT_BYTES, &files);
	c.files = files.at;
	c.file_count = files.count;
	end = intake(w, &c, got);
	if (end == DONE)
		draft_sent(w, &a->draft, got->reference);
	return end;
}
