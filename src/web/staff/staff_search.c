/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "web/staff/staff_search.h"

#include "desk/recognise.h"
#include "rule/reference.h"
#include "rule/typed.h"
#include "store/audit.h"
#include "store/ticket_list.h"
#include "views.h"
#include "web/frame.h"
#include "web/staff/person_page.h"
#include "web/staff/ticket_page.h"

/* The normal form of an address, by which people are found; else the text itself. */
static const char *
normal(struct work *w, const char *text)
{
	const char *found = recognise_email(w->arena, text);

	if (!found)
		found = recognise_phone(w->arena, text);
	return found ? found : text;
}

static struct ticket_links
tickets_of(struct work *w, const struct zone *z, const struct ticket_list *all,
	int64_t person)
{
	struct ticket_link *at = arena_array(w->arena, TICKET_EACH, sizeof *at);
	struct ticket_links links = {at, 0};

	for (int i = 0; i < all->count && links.count < TICKET_EACH; i++)
		if (all->at[i].customer == person)
			at[links.count++] = person_page_ticket(w, z, &all->at[i]);
	return links;
}

static void
find_people(struct work *w, const char *text, struct staff_search_view *v)
{
	struct scope see = access_scope(w->actor, w->actor->org, RIGHT_SEE);
	const struct zone *z = moment_zone(w, w->actor->org);
	int64_t ids[TICKET_PEOPLE];
	struct person_list people;
	struct ticket_list tickets;
	struct person_row *at = arena_array(w->arena, TICKET_PEOPLE, sizeof *at);

	person_search(w, w->actor->org, normal(w, text), TICKET_PEOPLE + 1, &people);
	v->more = people.count > TICKET_PEOPLE;
	if (v->more)
		people.count = TICKET_PEOPLE;
	for (int i = 0; i < people.count; i++)
		ids[i] = people.at[i].id;
	if (people.count > 0)
		ticket_list_of_people(w, &see, ids, people.count, &tickets);
	for (int i = 0; i < people.count; i++) {
		at[i] = person_page_row(w, &people.at[i]);
		at[i].tickets = tickets_of(w, z, &tickets, ids[i]);
	}
	v->people = (struct person_rows){at, people.count};
	audit_saw_people(w, ids, people.count);
}

enum outcome
staff_search_show(struct work *w, const struct request *q, struct reply *r)
{
	struct staff_search_view v = {.none = false};
	char written[REFERENCE_ROOM];
	enum reference_reading reading;
	struct ticket t;

	frame_page(w, q, &v.page, WORD_search_title, SECTION_SEARCH);
	v.text = typed_line(w->arena, query_text(q, "q"));
	v.may_people = access_people(w->actor, w->actor->org).all;
	reading = reference_read(v.text, written);
	if (reading == REFERENCE_READ && ticket_page_find(w, v.text, &t) == DONE)
		return reply_see_other(r, "/staff/tickets/%s", t.reference);
	if (v.may_people && *v.text)
		find_people(w, v.text, &v);
	v.none = *v.text && v.people.count == 0;
	v.no_ticket = v.none && reading == REFERENCE_READ;
	v.misread = v.none && reading == REFERENCE_WRONG_CHECK;
	view_staff_search(&r->body, w->words, &v);
	return DONE;
}
