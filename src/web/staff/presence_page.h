/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef WEB_PRESENCE_PAGE_H
#define WEB_PRESENCE_PAGE_H

/* The switch on one's own page: present, busy, away; and who of a leader's teams is. */

#include "http/reply.h"
#include "store/work.h"
#include "web/page.h"

struct presence_choice {
	const char *value;
	enum word text;
	bool chosen;
};

struct presence_choices {
	const struct presence_choice *at;
	int count;
};

struct presence_switch {
	bool offered;	 /* one of their teams here is given its work by the desk */
	const char *now; /* a sentence: "Present until 5:00pm" */
	struct presence_choices choices;
};

/* For the page of who is signed in. */
struct presence_switch presence_page_switch(struct work *w);

/* POST /staff/presence */
enum outcome presence_page_set(struct work *w, const struct request *q, struct reply *r);

#endif
