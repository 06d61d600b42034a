/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "web/staff/publication_page.h"

#include "desk/field.h"
#include "desk/moderate.h"
#include "store/attachment.h"
#include "store/contact.h"
#include "store/publication.h"
#include "web/say.h"
#include "web/staff/ledger.h"
#include "web/staff/ticket_page.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

enum { MOST_WORDS = 4000 };

static const char *
here(struct work *w, const struct ticket *t)
{
	return arena_printf(w->arena, "/staff/tickets/%s/publication", t->reference);
}

static const char *
name_of(struct work *w, const struct attachment_list *files, int64_t id)
{
	for (int i = 0; i < files->count; i++)
		if (files->at[i].id == id)
			return files->at[i].filename;
	return arena_printf(w->arena, "%" PRId64, id);
}

static const char *
id_text(struct work *w, int64_t id)
{
	return arena_printf(w->arena, "%" PRId64, id);
}

static void
ask_photos(struct work *w, const struct ticket *t, struct ledger_form *f,
	struct ledger_view *v)
{
	struct publication_photo_list all;
	struct attachment_list files;
	struct part_input *in;
	struct part_choice *at;

	publication_photos(w, t->org, t->id, &all);
	attachment_read(w, t, &files);
	if (all.count == 0) {
		ledger_fact(w, v, WORD_bodies_photos, say(w, WORD_bodies_none));
		return;
	}
	in = ledger_input(w, f, "photos", WORD_bodies_photos_shown);
	in->kind = PART_CHECKBOXES;
	in->small = true;
	in->hint = say(w, WORD_bodies_photos_hint);
	at = ledger_choices(w, in, all.count);
	for (int i = 0; i < all.count; i++) {
		const char *name = name_of(w, &files, all.at[i].id);

		at[i] = (struct part_choice){
			.value = id_text(w, all.at[i].id),
			.label = name,
			.chosen = all.at[i].shown,
		};
		ledger_link(w, v,
			words_text(w->arena, w->words, WORD_bodies_save_photo,
				words_values(word_value("name", name))),
			arena_printf(w->arena, "/staff/tickets/%s/files/%" PRId64,
				t->reference, all.at[i].id));
	}
}

static void
ask_words(struct work *w, const struct request *q, const struct ticket *t,
	const struct publication_state_now *now, struct ledger_form *f)
{
	const char *said = contact_words(w, t->org, t->id);
	struct part_input *in = ledger_input(w, f, "words", WORD_bodies_words);

	in->kind = PART_AREA;
	in->rows = 6;
	in->most = MOST_WORDS;
	in->hint = say(w, WORD_bodies_words_hint);
	in->value = q->method == POST ? form_text(q, "words") : now->words;
	if (said && *said && ticket_shows(t, DETAIL_WORDS))
		f->lead = words_text(w->arena, w->words, WORD_bodies_words_said,
			words_values(word_value("words", said)));
}

static void
ask(struct work *w, const struct request *q, const struct ticket *t,
	const struct publication_state_now *now, struct ledger_view *v)
{
	struct ledger_form *f = ledger_form(w, v, here(w, t), WORD_sheet_save);
	struct part_input *in = ledger_input(w, f, "shown", WORD_bodies_shown);
	struct part_choice *at = ledger_choices(w, in, 2);

	in->kind = PART_RADIOS;
	in->small = true;
	at[0] = (struct part_choice){.value = "yes",
		.label = say(w, WORD_bodies_shown_yes),
		.chosen = !now->hidden};
	at[1] = (struct part_choice){.value = "no",
		.label = say(w, WORD_bodies_shown_no),
		.chosen = now->hidden};
	ask_words(w, q, t, now, f);
	ask_photos(w, t, f, v);
}

static enum outcome
print(struct work *w, const struct request *q, const struct ticket *t, struct reply *r)
{
	struct publication_state_now now;
	struct ledger_view v;
	bool published = publication_now(w, t, &now) == DONE;

	ledger_begin(w, q, &v, WORD_bodies_publication, SECTION_QUEUE);
	v.heading = words_text(w->arena, w->words, WORD_bodies_publication_of,
		words_values(word_value("reference", t->reference)));
	v.lead = say(
		w, published ? WORD_bodies_publication_lead : WORD_bodies_not_published);
	ledger_link(w, &v, say(w, WORD_bodies_back),
		arena_printf(w->arena, "/staff/tickets/%s", t->reference));
	if (published) {
		if (field_may(w, t, FIELD_PUBLICATION))
			ask(w, q, t, &now, &v);
		else
			v.lead = words_text(w->arena, w->words,
				now.hidden ? WORD_field_not_published
					   : WORD_field_published,
				words_values(word_value("words", now.words)));
		ledger_link(w, &v, say(w, WORD_bodies_see),
			arena_printf(
				w->arena, "/open311/v2/requests/%s.json", t->reference));
	}
	if (*query_text(q, "done"))
		v.page.notice = (struct page_notice){
			.kind = NOTICE_SUCCESS, .text = say(w, WORD_sheet_saved)};
	return ledger_print(w, &v, r);
}

static enum outcome
find(struct work *w, const struct request *q, struct ticket *t)
{
	if (ticket_page_find(w, path_part(q, "ref"), t) != DONE || t->sealed)
		return MISSING;
	return ticket_may(w, t, RIGHT_REPLY) ? DONE : DENIED;
}

enum outcome
publication_page_show(struct work *w, const struct request *q, struct reply *r)
{
	struct ticket t;
	enum outcome end = find(w, q, &t);

	return end == DONE ? print(w, q, &t, r) : end;
}

enum outcome
publication_page_change(struct work *w, const struct request *q, struct reply *r)
{
	int64_t *photos = arena_array(
		w->arena, (size_t)q->form.count + 1, sizeof *photos);
	struct moderation m = {
		.hidden = strcmp(form_text(q, "shown"), "yes") != 0,
		.words = form_text(q, "words"),
		.photos = photos,
	};
	struct ticket t;
	enum outcome end = find(w, q, &t);

	if (end != DONE)
		return end;
	for (int i = 0; i < q->form.count; i++)
		if (strcmp(q->form.at[i].name, "photos") == 0)
			photos[m.photo_count++] = strtoll(q->form.at[i].value, NULL, 10);
	end = moderate(w, &t, &m);
	if (end == INVALID)
		return print(w, q, &t, r);
	if (end != DONE)
		return end;
	return reply_see_other(r, "/staff/tickets/%s/publication?done=1", t.reference);
}
