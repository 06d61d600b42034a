/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "web/staff/queue_page.h"

#include "format/words.h"
#include "store/sharing.h"
#include "store/team.h"
#include "store/ticket_list.h"
#include "store/unplaced.h"
#include "views.h"
#include "web/frame.h"
#include "web/say.h"
#include "web/staff/queue_view.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

enum { ROWS = 50, MOST_COUNTED = 99, ALARMS = 5 };

/* One look at the queue. */
struct look {
	struct scope see;
	struct team_list teams;
	struct ticket_query query;
};

static const char *
view_name(enum ticket_view v)
{
	if (v == TICKET_MINE)
		return "mine";
	return v == TICKET_ALL ? "all" : "team";
}

/* The view asked for; the teams' when none is, for that is where new work arrives. Who
 * sees no more than their teams has no "all". */
static enum ticket_view
view_of(const struct look *l, const char *asked)
{
	if (strcmp(asked, "mine") == 0)
		return TICKET_MINE;
	if (l->see.all && (strcmp(asked, "all") == 0 || l->teams.count == 0))
		return strcmp(asked, "team") == 0 ? TICKET_TEAM : TICKET_ALL;
	return TICKET_TEAM;
}

/* "DUE.ID" of the last row of the page before; anything else begins at the beginning. */
static void
read_cursor(const char *text, struct ticket_query *q)
{
	int64_t due, id;
	char end;

	if (sscanf(text, "%" SCNd64 ".%" SCNd64 "%c", &due, &id, &end) == 2 && id > 0) {
		q->after_due = due;
		q->after_id = id;
	}
}

static struct look
look_at(struct work *w, const struct request *q)
{
	struct look l = {
		.see = access_scope(w->actor, w->actor->org, RIGHT_SEE),
		.query = {.limit = ROWS},
	};

	team_of_person(w, w->actor->org, w->actor->person, &l.teams);
	l.query.view = view_of(&l, query_text(q, "view"));
	l.query.team = query_int(q, "team", 1, INT64_MAX, 0);
	read_cursor(query_text(q, "after"), &l.query);
	return l;
}

static const char *
address(struct work *w, enum ticket_view v, int64_t team)
{
	if (team)
		return arena_printf(w->arena, "/staff/queue?view=%s&team=%" PRId64,
			view_name(v), team);
	return arena_printf(w->arena, "/staff/queue?view=%s", view_name(v));
}

static struct queue_tab
tab(struct work *w, const struct look *l, enum ticket_view v, enum word text)
{
	struct ticket_query q = {.view = v, .limit = 1};
	int64_t n = ticket_list_count(w, &l->see, &q, MOST_COUNTED + 1);

	return (struct queue_tab){
		.text = say(w, text),
		.href = address(w, v, 0),
		.count = staff_words_count(w, n, MOST_COUNTED),
		.current = l->query.view == v,
	};
}

static bool
shares_with_us(struct work *w)
{
	struct sharing_givers givers;

	if (!access_may(w->actor, w->actor->org, RIGHT_SHARED))
		return false;
	sharing_givers(w, w->actor->org, &givers);
	return givers.count > 0;
}

static struct queue_tabs
tabs(struct work *w, const struct look *l)
{
	struct queue_tab *at = arena_array(w->arena, 4, sizeof *at);
	struct queue_tabs tabs = {at, 0};

	at[tabs.count++] = tab(w, l, TICKET_MINE, WORD_queue_mine);
	at[tabs.count++] = tab(w, l, TICKET_TEAM, WORD_queue_teams);
	if (l->see.all)
		at[tabs.count++] = tab(w, l, TICKET_ALL, WORD_queue_all);
	if (shares_with_us(w))
		at[tabs.count++] = (struct queue_tab){
			.text = say(w, WORD_queue_shared),
			.href = "/staff/shared",
		};
	return tabs;
}

static struct queue_tab
team_tab(struct work *w, const struct look *l, int64_t id, const char *name)
{
	return (struct queue_tab){
		.text = name,
		.href = address(w, TICKET_TEAM, id),
		.current = l->query.team == id,
	};
}

/* My teams one by one, and the one that is looked at although it is not mine. */
static struct queue_tabs
team_tabs(struct work *w, const struct look *l)
{
	struct queue_tab *at = arena_array(
		w->arena, (size_t)l->teams.count + 2, sizeof *at);
	struct queue_tabs tabs = {at, 0};
	bool mine = l->query.team == 0;
	struct team other;

	if (l->query.view != TICKET_TEAM)
		return tabs;
	at[tabs.count++] = team_tab(w, l, 0, say(w, WORD_queue_every_team));
	for (int i = 0; i < l->teams.count; i++) {
		const struct team *t = &l->teams.at[i];

		at[tabs.count++] = team_tab(w, l, t->id, t->name);
		mine = mine || t->id == l->query.team;
	}
	if (!mine && team_get(w, l->see.org, l->query.team, &other) == DONE)
		at[tabs.count++] = team_tab(w, l, other.id, other.name);
	if (tabs.count < 3)
		tabs.count = mine ? 0 : tabs.count;
	return tabs;
}

static struct queue_row
row(struct work *w, const struct zone *z, const struct ticket *t)
{
	return (struct queue_row){
		.reference = t->reference,
		.subject = staff_words_subject(t),
		.service = t->service_name,
		.team = t->team_name,
		.assignee = t->assignee_name,
		.customer = t->customer_name,
		.status = staff_words_status(t->status),
		.status_class = staff_words_status_class(t->status),
		.priority = t->priority,
		.priority_word = staff_words_priority(t->priority),
		.due = staff_words_due(w, z, t),
	};
}

static void
fill_rows(struct work *w, const struct look *l, struct queue_view *v)
{
	const struct zone *z = moment_zone(w, l->see.org);
	struct ticket_list list;
	struct queue_row *at;

	ticket_list_read(w, &l->see, &l->query, &list);
	at = arena_array(w->arena, (size_t)list.count, sizeof *at);
	for (int i = 0; i < list.count; i++)
		at[i] = row(w, z, &list.at[i]);
	v->rows = (struct queue_rows){at, list.count};
	if (list.more) {
		const struct ticket *last = &list.at[list.count - 1];

		v->next = arena_printf(w->arena, "%s&after=%" PRId64 ".%" PRId64,
			address(w, l->query.view, l->query.team), last->due, last->id);
	}
	if (l->query.after_id)
		v->first = address(w, l->query.view, l->query.team);
}

/* What nobody can take, of the teams that the desk gives work to. */
static void
fill_alarm(struct work *w, const struct look *l, struct queue_view *v)
{
	struct unplaced_tickets list;
	struct queue_alarm *at;

	unplaced_read(w, &l->see, ALARMS, &list);
	if (list.count == 0)
		return;
	at = arena_array(w->arena, ALARMS, sizeof *at);
	for (int i = 0; i < list.count; i++)
		at[i] = (struct queue_alarm){
			.reference = list.at[i].reference,
			.subject = list.at[i].subject,
			.where = words_text(w->arena, w->words, WORD_alarm_one,
				words_values(word_value("team", list.at[i].team_name),
					word_value("time",
						staff_words_wait(w, list.at[i].since)))),
		};
	v->waiting = (struct queue_alarms){at, list.count};
	v->waiting_more = list.more;
	v->unplaced = words_text(w->arena, w->words, WORD_alarm_title,
		words_values(word_value(
			"count", list.more ? unplaced_count(w, &l->see) : list.count)));
}

enum outcome
queue_page_home(struct work *w, const struct request *q, struct reply *r)
{
	struct page p;

	frame_page(w, q, &p, WORD_queue_title, SECTION_QUEUE);
	if (p.may_work)
		return reply_see_other(r, "/staff/queue");
	if (p.may_figures)
		return reply_see_other(r, "/staff/reports");
	if (p.may_admin)
		return reply_see_other(r, "/admin");
	return reply_see_other(r, "/staff/me");
}

enum outcome
queue_page_show(struct work *w, const struct request *q, struct reply *r)
{
	struct look l;
	struct queue_view v = {.next = NULL};

	frame_page(w, q, &v.page, WORD_queue_title, SECTION_QUEUE);
	if (!v.page.may_work)
		return DENIED;
	l = look_at(w, q);
	v.page.live = "/events";
	v.tabs = tabs(w, &l);
	v.teams = team_tabs(w, &l);
	v.mine = l.query.view == TICKET_MINE;
	v.team_href = address(w, TICKET_TEAM, 0);
	fill_rows(w, &l, &v);
	fill_alarm(w, &l, &v);
	if (strcmp(query_text(q, "part"), "live") == 0)
		part_queue_live(&r->body, w->words, &v);
	else
		view_queue(&r->body, w->words, &v);
	return DONE;
}
