/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef WEB_DOOR_PAGE_H
#define WEB_DOOR_PAGE_H

/* The pages around signing in: a heading, a few sentences, one form. */

#include "http/reply.h"
#include "http/request.h"
#include "store/work.h"
#include "web/door_view.h"

enum { DOOR_PAGE_MOST = 8 }; /* sentences, inputs, links of each */

/* An empty one with its frame and title. */
struct door_view *door_page_new(struct work *w, const struct request *q, enum word title);

void door_page_say(struct work *w, struct door_view *v, enum word word,
	const struct word_value *values);
void door_page_link(
	struct work *w, struct door_view *v, enum word word, const char *href);

/* A question of the form, with the problem of its name if there is one. */
struct part_input *door_page_ask(
	struct work *w, struct door_view *v, const char *id, enum word label);

/* The form itself: where it goes and what its button says. */
void door_page_form(
	struct work *w, struct door_view *v, const char *action, enum word go);

/* Prints it with the problems of the work; 422 when there are any and nothing else was
 * said. */
enum outcome door_page_show(struct work *w, const struct door_view *v, struct reply *r);

#endif
