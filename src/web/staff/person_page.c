/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "web/staff/person_page.h"

#include "store/audit.h"
#include "store/ticket_list.h"
#include "views.h"
#include "web/frame.h"
#include "web/say.h"

#include <inttypes.h>
#include <stdlib.h>

enum { ROWS = 50 };

struct person_row
person_page_row(struct work *w, const struct person *p)
{
	return (struct person_row){
		.name = *p->name ? p->name : say(w, WORD_said_somebody),
		.href = arena_printf(w->arena, "/staff/people/%" PRId64, p->id),
		.email = p->email,
		.phone = p->phone,
		.body = p->body,
		.address = *p->postcode ? arena_printf(w->arena, "%s%s%s", p->address,
						  *p->address ? "\n" : "", p->postcode)
					: p->address,
		.adjustments = p->adjustments,
		.vip = p->vip,
		.vulnerable = p->vulnerable,
	};
}

struct ticket_link
person_page_ticket(struct work *w, const struct zone *z, const struct ticket *t)
{
	return (struct ticket_link){
		.reference = t->reference,
		.subject = t->subject,
		.status = staff_words_status(t->status),
		.status_class = staff_words_status_class(t->status),
		.created = moment_at(w, z, t->created),
	};
}

static void
fill_tickets(struct work *w, const struct request *q, int64_t person,
	struct person_page_view *v)
{
	struct scope see = access_scope(w->actor, w->actor->org, RIGHT_SEE);
	const struct zone *z = moment_zone(w, w->actor->org);
	struct ticket_query query = {
		.view = TICKET_OF_CUSTOMER,
		.customer = person,
		.after_id = query_int(q, "after", 1, INT64_MAX, 0),
		.limit = ROWS,
	};
	struct ticket_list list;
	struct ticket_link *at;

	ticket_list_read(w, &see, &query, &list);
	at = arena_array(w->arena, (size_t)list.count, sizeof *at);
	for (int i = 0; i < list.count; i++)
		at[i] = person_page_ticket(w, z, &list.at[i]);
	v->tickets = (struct ticket_links){at, list.count};
	if (list.more)
		v->next = arena_printf(w->arena, "%s?after=%" PRId64, v->person.href,
			list.at[list.count - 1].id);
	if (query.after_id)
		v->first = v->person.href;
}

enum outcome
person_page_show(struct work *w, const struct request *q, struct reply *r)
{
	struct scope look = access_people(w->actor, w->actor->org);
	struct person_page_view v = {.next = NULL};
	struct person p;

	if (!look.all)
		return DENIED;
	if (person_get(w, &look, path_int(q, "id"), &p) != DONE)
		return MISSING;
	audit_glance(
		w, &(struct glance){.org = p.org,
			   .action = "view",
			   .subject = arena_printf(w->arena, "person %" PRId64, p.id),
			   .detail = "what=page"});
	frame_page(w, q, &v.page, WORD_person_title, SECTION_SEARCH);
	v.person = person_page_row(w, &p);
	v.page.title_text = v.person.name;
	if (v.page.may_create)
		v.log = arena_printf(w->arena, "/staff/new?person=%" PRId64, p.id);
	fill_tickets(w, q, p.id, &v);
	view_person_page(&r->body, w->words, &v);
	return DONE;
}
