/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "channel/api/api_insight.h"

#include "base/times.h"
#include "channel/api/api_door.h"
#include "desk/access_reason.h"
#include "desk/simulation.h"
#include "store/ticket_list.h"

#include <string.h>

enum { ROWS = 50, MOST_COUNTED = 1000, VIEWS = 3 };

/* --- why can X see this? ------------------------------------------------------------ */

static const char *
role_said(struct work *w, const struct grant *g)
{
	(void)w;
	return g->role == ROLE_LOCAL && g->label ? g->label : role_name(g->role);
}

static const char *
instant_said(struct work *w, int64_t org, int64_t at)
{
	(void)org;
	return times_iso(w->arena, at);
}

static const struct access_voice voice = {role_said, instant_said};

static void
show_rights(struct jsonout *j, const struct access_reason *a)
{
	bool may;
	const char *rule = access_reason_work(a, &may);

	jsonout_record(j);
	jsonout_member(j, "name", a->who.name);
	api_door_open_list(j, "rights");
	for (const enum right *asked = access_reason_rights; *asked; asked++) {
		const char *why = access_reason_why(a, *asked);

		jsonout_record(j);
		jsonout_member(j, "right", access_right_name(*asked));
		jsonout_member_truth(j, "has", why != NULL);
		jsonout_member(j, "why", why ? why : access_reason_why_not(a, *asked));
		jsonout_end(j);
	}
	jsonout_end(j);
	jsonout_member_truth(j, "can_be_given_it", may);
	jsonout_member(j, "why", rule);
	jsonout_end(j);
}

static void
show_everybody(struct work *w, struct jsonout *j, const struct ticket *t)
{
	struct access_reason_list list;

	access_reason_everybody(w, t, &voice, &list);
	api_door_open_list(j, "everybody");
	for (int i = 0; i < list.count; i++) {
		jsonout_record(j);
		jsonout_member(j, "name", list.at[i].name);
		jsonout_member(j, "email", list.at[i].email);
		jsonout_member(j, "why", list.at[i].why);
		jsonout_end(j);
	}
	jsonout_end(j);
}

enum outcome
api_insight_access(struct work *w, const struct request *q, struct reply *r)
{
	const char *email = query_text(q, "who");
	struct access_reason a;
	struct ticket t;
	struct jsonout j;

	if (access_reason_ticket(w, path_part(q, "ref"), &t) != DONE)
		return api_door_refuse(w, r, MISSING);
	j = api_door_answer(r, 200);
	jsonout_record(&j);
	jsonout_member(&j, "reference", t.reference);
	jsonout_member(&j, "service_name", t.service_name);
	jsonout_member(&j, "team_name", t.team_name);
	jsonout_member_truth(&j, "restricted", t.restricted);
	jsonout_name(&j, "who");
	if (*email && access_reason_meet(w, &t, email, &voice, &a))
		show_rights(&j, &a);
	else
		jsonout_null(&j);
	show_everybody(w, &j, &t);
	jsonout_end(&j);
	return DONE;
}

/* --- as somebody else sees it ------------------------------------------------------- */

static const struct list {
	enum ticket_view view;
	const char *name;
} lists[VIEWS] = {
	{TICKET_MINE, "mine"},
	{TICKET_TEAM, "team"},
	{TICKET_ALL, "all"},
};

static void
show_counts(struct work *as, struct jsonout *j, const struct scope *see)
{
	api_door_open_list(j, "lists");
	for (int i = 0; i < VIEWS; i++) {
		struct ticket_query query = {.view = lists[i].view, .limit = 1};

		if (lists[i].view == TICKET_ALL && !see->all)
			continue;
		jsonout_record(j);
		jsonout_member(j, "view", lists[i].name);
		jsonout_member_whole(
			j, "count", ticket_list_count(as, see, &query, MOST_COUNTED));
		jsonout_end(j);
	}
	jsonout_end(j);
}

/* Of a restricted ticket no more is said than that it is one. */
static void
show_rows(struct work *as, struct jsonout *j, const struct scope *see,
	const struct list *list)
{
	struct ticket_query query = {.view = list->view, .limit = ROWS};
	struct ticket_list found;

	ticket_list_read(as, see, &query, &found);
	api_door_open_list(j, "tickets");
	for (int i = 0; i < found.count; i++) {
		const struct ticket *t = &found.at[i];

		jsonout_record(j);
		jsonout_member(j, "reference", t->reference);
		jsonout_member_truth(j, "restricted", t->restricted);
		jsonout_member(j, "service_name", t->restricted ? NULL : t->service_name);
		jsonout_member(j, "team_name", t->restricted ? NULL : t->team_name);
		jsonout_member(j, "status", ticket_status_name(t->status));
		jsonout_end(j);
	}
	jsonout_end(j);
	jsonout_member_truth(j, "more", found.more);
}

enum outcome
api_insight_simulate(struct work *w, const struct request *q, struct reply *r)
{
	const char *email = query_text(q, "who"), *view = query_text(q, "view");
	const struct list *list = NULL;
	struct work as = *w;
	struct actor who;
	struct scope see;
	struct jsonout j;
	enum outcome end = api_door_right(w, r, RIGHT_SIMULATE);

	if (end != DONE)
		return end;
	for (int i = 0; i < VIEWS; i++)
		if (strcmp(*view ? view : "team", lists[i].name) == 0)
			list = &lists[i];
	if (!list)
		return api_door_problem(r, 400, INVALID, "view is mine, team or all");
	if (!simulation_meet(w, email, &who))
		return api_door_refuse(w, r, MISSING);
	see = access_scope(&who, w->actor->org, RIGHT_SEE);
	as.actor = &who;
	j = api_door_answer(r, 200);
	jsonout_record(&j);
	jsonout_member(&j, "name", who.name);
	show_counts(&as, &j, &see);
	show_rows(&as, &j, &see, list);
	jsonout_end(&j);
	simulation_note(w, email, list->name);
	return DONE;
}
