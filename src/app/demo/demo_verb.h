/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef APP_DEMO_VERB_H
#define APP_DEMO_VERB_H

/* One thing that happens in the demonstration, done as the person who does it. */

#include "app/demo/demo_cast.h"
#include "store/contact.h"

struct demo_ticket {
	int64_t org;
	const char *key;
	const char *service;
	enum channel channel;
	const char *from; /* a key of the cast, or "Name <address>" */
	const char *words, *place;
	int64_t urgency;

	/* Set by DEMO_REPORT; NULL when the ticket was there before. */
	const char *reference;
	int64_t id, customer;
};

enum demo_verb {
	DEMO_REPORT,
	DEMO_CLAIM,
	DEMO_REPLY,
	DEMO_NOTE,
	DEMO_WAIT,
	DEMO_RESOLVE,
	DEMO_REOPEN,
	DEMO_CLOSE,
	DEMO_CANCEL,
	DEMO_PRIORITY,
	DEMO_GIVE,
	DEMO_MESSAGE,
	DEMO_SCORE,
	DEMO_VERBS
};

struct happening {
	int64_t at;
	int order; /* among those of the same second */
	enum demo_verb verb;
	struct demo_ticket *ticket;
	const char *who; /* a key of the cast, or "customer" */
	const char *text;
};

enum demo_verb demo_verb_named(const char *name);
const char *demo_verb_name(enum demo_verb v);

/* At w->now. */
enum outcome demo_verb_play(
	struct work *w, const struct demo_cast *cast, struct happening *h) must_check;

#endif
