/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef WEB_REPORT_VIEW_H
#define WEB_REPORT_VIEW_H

#include "web/page.h"
#include "web/parts.h"
#include "web/staff/report_days.h"

/* A team or service. Shares are texts ("92 %"), "–" where there is nothing to share. */
struct report_row {
	const char *name;
	const char *href; /* the list behind its backlog, or NULL */
	const char *backlog, *broken, *in, *out;
	const char *response, *resolution;
	const char *response_of, *resolution_of; /* "11 of 12" */
	const char *score, *score_of;
};

struct report_rows {
	const struct report_row *at;
	int count;
};

/* How much of the backlog is how old; the bar's length is of 200. */
struct report_age {
	enum word name;
	const char *count;
	int64_t bar;
};

struct report_ages {
	const struct report_age *at;
	int count;
};

struct report_view {
	struct page page;
	struct report_days days;
	struct report_row all;
	const char *answered; /* how many scored, with the share */
	struct report_ages ages;
	struct report_rows teams, services;
	const char *teams_csv, *services_csv, *honesty; /* addresses */
};

/* The wallboard. */
struct board_team {
	const char *name, *open, *unclaimed, *broken, *oldest;
	bool is_broken;
};

struct board_teams {
	const struct board_team *at;
	int count;
};

struct board_ticket {
	const char *reference, *service, *team, *due, *exact, *iso;
	bool paused; /* it waits, and goes on by itself before that */
};

struct board_tickets {
	const struct board_ticket *at;
	int count;
};

struct board_view {
	struct page page;
	const char *time;  /* local, when it was made */
	const char *renew; /* address: begins or ends renewing without script */
	bool renewing;
	const char *open, *unclaimed, *broken, *longest;
	const char *unplaced; /* what nobody can take; NULL: nothing */
	bool any_broken;
	struct board_teams teams;
	struct board_tickets next;
};

#endif
