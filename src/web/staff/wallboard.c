/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "web/staff/wallboard.h"

#include "desk/breaks.h"
#include "store/figures.h"
#include "store/unplaced.h"
#include "views.h"
#include "web/frame.h"
#include "web/staff/report_view.h"
#include "web/staff/staff_words.h"

enum { NEXT = 10, TEAMS = 10 }; /* as many as fit on a screen */

static void
fill_teams(struct work *w, const struct scope *s, struct board_view *v)
{
	struct figures_waiting all = {.team = 0};
	struct figures_waiting_list list;
	struct board_team *at;

	figures_waiting(w, s, &list);
	at = arena_array(w->arena, (size_t)list.count, sizeof *at);
	for (int i = 0; i < list.count; i++) {
		const struct figures_waiting *t = &list.at[i];

		at[i] = (struct board_team){
			.name = t->name,
			.open = words_number(w->arena, t->open),
			.unclaimed = words_number(w->arena, t->unclaimed),
			.broken = words_number(w->arena, t->broken),
			.oldest = staff_words_wait(w, t->oldest),
			.is_broken = t->broken > 0,
		};
		all.open += t->open;
		all.unclaimed += t->unclaimed;
		all.broken += t->broken;
		if (t->oldest && (!all.oldest || t->oldest < all.oldest))
			all.oldest = t->oldest;
	}
	v->teams = (struct board_teams){at, list.count < TEAMS ? list.count : TEAMS};
	v->open = words_number(w->arena, all.open);
	v->unclaimed = words_number(w->arena, all.unclaimed);
	v->broken = words_number(w->arena, all.broken);
	v->longest = staff_words_wait(w, all.oldest);
	v->any_broken = all.broken > 0;
}

/* Those whose promise will break soonest, but has not. */
static void
fill_next(struct work *w, const struct scope *see, const struct zone *z,
	struct board_view *v)
{
	struct board_ticket *at = arena_array(w->arena, NEXT, sizeof *at);
	struct breaks_list list;

	v->next = (struct board_tickets){at, 0};
	breaks_next(w, see, NEXT, &list);
	for (int i = 0; i < list.count; i++) {
		struct ticket t = list.at[i].ticket;
		struct staff_due due;

		t.due = list.at[i].at;
		due = staff_words_due(w, z, &t);
		at[v->next.count++] = (struct board_ticket){
			.reference = t.reference,
			.service = t.service_name,
			.team = t.team_name,
			.due = due.text,
			.exact = due.at.exact,
			.iso = due.at.iso,
			.paused = list.at[i].paused,
		};
	}
}

enum outcome
wallboard_show(struct work *w, const struct request *q, struct reply *r)
{
	int64_t org = w->actor->org;
	struct scope see = access_scope(w->actor, org, RIGHT_SEE);
	struct scope figures = access_figures(w->actor, org);
	const struct zone *z = moment_zone(w, org);
	struct board_view v = {.time = NULL};
	int64_t waiting, renew = query_int(q, "renew", 10, 3600, 0);

	if (!see.all && !figures.all)
		return DENIED;
	frame_page(w, q, &v.page, WORD_board_title, SECTION_WALLBOARD);
	v.page.live = "/events";
	v.renewing = renew > 0;
	v.renew = renew ? "/staff/wallboard" : "/staff/wallboard?renew=30";
	if (v.renewing)
		reply_header(r, "Refresh", arena_printf(w->arena, "%d", (int)renew));
	v.time = moment_at(w, z, w->now).brief;
	fill_teams(w, figures.all ? &figures : &see, &v);
	waiting = unplaced_count(w, figures.all ? &figures : &see);
	if (waiting)
		v.unplaced = words_number(w->arena, waiting);
	if (see.all)
		fill_next(w, &see, z, &v);
	view_wallboard(&r->body, w->words, &v);
	return DONE;
}
