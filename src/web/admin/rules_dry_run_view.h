/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef WEB_RULES_DRY_RUN_VIEW_H
#define WEB_RULES_DRY_RUN_VIEW_H

#include "web/admin/rules_view.h"
#include "web/moment.h"

/* One thing that changes for a ticket. */
struct rules_dry_change {
	const char *what;	      /* "Priority" */
	const char *was, *is;	      /* "3 (Normal)" */
	const char *was_row, *is_row; /* "row 4", "the service’s own" */
};

struct rules_dry_changes {
	const struct rules_dry_change *at;
	int count;
};

struct rules_dry_ticket {
	const char *reference, *href; /* NULL: not for these eyes */
	const char *service, *channel;
	struct moment received;
	struct rules_dry_changes changes;
};

struct rules_dry_figure {
	const char *what, *number;
};

/* A step of escalation, over all tickets. */
struct rules_dry_step {
	const char *step, *live, *draft;
	bool differs;
};

struct rules_dry_run_view {
	struct page page;
	struct rules_head head;
	const char *looked;	   /* "412 tickets received since ..." */
	const char *lead;	   /* how they were looked at */
	const char *list, *when;   /* over what changes, and its instants */
	const char *cut, *without; /* or NULL */
	const char *changed;	   /* "17 of them would be decided otherwise" */
	const char *nothing;	   /* NULL; or why there is nothing to see */
	struct {
		const struct rules_dry_figure *at;
		int count;
	} figures;
	struct {
		const struct rules_dry_ticket *at;
		int count;
	} tickets;
	const char *shown; /* "The newest 200 are below", or NULL */
	struct {
		const struct rules_dry_step *at;
		int count;
	} steps;
	const char *fired; /* "By the live version 12 steps fire, ..."; or NULL */
	const char *action, *revision, *back;
};

/* One step of the fold, with the live version and with the drafts. */
struct rules_try_step {
	const char *table, *href;
	const char *live, *live_why, *draft, *draft_why;
	bool differs;
};

struct rules_try_view {
	struct page page;
	struct rules_head head;
	const char *action;
	struct part_inputs inputs;
	struct {
		const struct rules_try_step *at;
		int count;
	} steps;
	const char *drafts; /* which tables have one; or NULL */
};

#endif
