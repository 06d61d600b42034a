/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef DESK_TRIAL_H
#define DESK_TRIAL_H

/* What the rule tables would decide for a ticket that somebody thinks of: step by step,
 * by what is live, or with the drafts in the place of live tables. Nothing is written. */

#include "rule/fold.h"
#include "store/service.h"

struct trial_question {
	const char *channel, *text;
	int64_t impact, urgency; /* 0: not said */
	bool vip, vulnerable;
};

enum trial_way { TRIAL_LIVE, TRIAL_DRAFTS };

/* The steps of the fold, and behind them what the first team promises. */
enum { TRIAL_LEG = FOLD_STEPS, TRIAL_STEPS };

struct trial_step {
	const char *table;
	int64_t version; /* of the table; of a draft the one it was begun from */
	bool draft;
	const struct table_row
		*row; /* the one that decides; NULL: the service, or none */
};

struct trial {
	int64_t priority, team;
	struct trial_step at[TRIAL_STEPS];
};

void trial_run(struct work *w, const struct service *s, const struct trial_question *q,
	enum trial_way way, struct trial *t);

#endif
