/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef WEB_QUEUE_VIEW_H
#define WEB_QUEUE_VIEW_H

/* The queue as its view prints it. */

#include "web/page.h"
#include "web/staff/staff_words.h"

struct queue_row {
	const char *reference, *subject, *service, *team, *assignee, *customer;
	enum word status, priority_word;
	const char *status_class;
	int64_t priority;
	struct staff_due due;
};

struct queue_rows {
	const struct queue_row *at;
	int count;
};

/* A tab, or one of the teams below the tabs. */
struct queue_tab {
	const char *text;
	const char *href;
	const char *count; /* or NULL */
	bool current;
};

struct queue_tabs {
	const struct queue_tab *at;
	int count;
};

/* A ticket that nobody can take. */
struct queue_alarm {
	const char *reference, *subject, *where;
};

struct queue_alarms {
	const struct queue_alarm *at;
	int count;
};

struct queue_view {
	struct page page;
	struct queue_tabs tabs, teams;
	struct queue_rows rows;
	const char *unplaced; /* how many nobody can take; NULL: none */
	struct queue_alarms waiting;
	bool waiting_more;
	bool mine; /* the view of one's own: what to say when it is empty */
	const char *team_href;
	const char *next, *first; /* addresses */
};

#endif
