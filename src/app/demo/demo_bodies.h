/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef APP_DEMO_BODIES_H
#define APP_DEMO_BODIES_H

/*
 * Another body that speaks Open311: Kerbside Highways Ltd, which takes roads and signs
 * that are given to its team and hears what is done about them. It is there while the
 * story of the tickets is played, so that its page has something to show, and switched
 * off then: the demonstration asks nobody outside.
 */

#include "app/demo/demo_cast.h"

struct demo_bodies {
	int64_t body; /* out: the one that was made now; 0: it is there already */
};

/* Before the story, once; and after it. */
enum outcome demo_bodies_begin(struct work *w, void *context);
enum outcome demo_bodies_end(struct work *w, void *context);

#endif
