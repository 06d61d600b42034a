/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "web/resident/my_requests.h"

#include "store/ticket_list.h"
#include "views.h"
#include "web/frame.h"
#include "web/moment.h"
#include "web/resident/customer_view.h"
#include "web/resident/track_timeline.h"
#include "web/say.h"

#include <inttypes.h>

enum { PAGE = 25 };

static struct my_request
row_of(struct work *w, const struct zone *z, const struct ticket *t)
{
	return (struct my_request){
		.reference = t->reference,
		.subject = t->subject,
		.href = arena_printf(w->arena, "/track/%s", t->reference),
		.asked = words_date(
			w->arena, w->words, moment_date(z, t->created), DATE_LONG),
		.status = track_timeline_status(t->status),
		.class = track_timeline_class(t->status),
	};
}

enum outcome
my_requests_show(struct work *w, const struct request *q, struct reply *r)
{
	struct scope mine = access_scope(w->actor, w->actor->org, RIGHT_SEE);
	const struct zone *z = moment_zone(w, w->actor->org);
	struct ticket_query asked = {
		.view = TICKET_OF_CUSTOMER,
		.customer = w->actor->person,
		.after_id = query_int(q, "before", 1, INT64_MAX, 0),
		.limit = PAGE,
	};
	struct my_request *at = arena_array(w->arena, PAGE, sizeof *at);
	struct my_requests_view v = {.requests.at = at};
	struct ticket_list list;

	ticket_list_read(w, &mine, &asked, &list);
	for (int i = 0; i < list.count; i++)
		if (!list.at[i].restricted)
			at[v.requests.count++] = row_of(w, z, &list.at[i]);
	if (list.more)
		v.older = arena_printf(
			w->arena, "/account?before=%" PRId64, list.at[list.count - 1].id);
	v.leave = (struct part_button){
		.kind = BUTTON_SECONDARY,
		.text = say(w, WORD_page_sign_out),
	};
	frame_page(w, q, &v.page, WORD_account_title, SECTION_ACCOUNT);
	view_my_requests(&r->body, w->words, &v);
	return DONE;
}
