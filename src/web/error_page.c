/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "web/error_page.h"

#include "views.h"
#include "web/error_page_view.h"
#include "web/frame.h"

#include <string.h>

static bool
begins(const char *path, const char *with)
{
	return strncmp(path, with, strlen(with)) == 0;
}

static void
words_of_status(int status, enum word *title, enum word *what)
{
	switch (status) {
	case 401:
	case 403:
		*title = WORD_wrong_denied_title;
		*what = WORD_wrong_denied_text;
		return;
	case 404:
	case 405:
	case 410:
		*title = WORD_wrong_missing_title;
		*what = WORD_wrong_missing_text;
		return;
	case 409:
		*title = WORD_wrong_conflict_title;
		*what = WORD_wrong_conflict_text;
		return;
	case 413:
		*title = WORD_wrong_large_title;
		*what = WORD_wrong_large_text;
		return;
	case 429:
		*title = WORD_wrong_often_title;
		*what = WORD_wrong_often_text;
		return;
	case 503:
		*title = WORD_wrong_busy_title;
		*what = WORD_wrong_busy_text;
		return;
	default: break;
	}
	if (status < 500) {
		*title = WORD_wrong_asked_title;
		*what = WORD_wrong_asked_text;
		return;
	}
	*title = WORD_wrong_ours_title;
	*what = WORD_wrong_ours_text;
}

/* Who works here keeps the ways of the desk around them. */
static bool
is_of_staff(const struct work *w, const struct request *q)
{
	return access_is_staff(w->actor) &&
	       (begins(q->path, "/staff") || begins(q->path, "/admin"));
}

bool
error_page(struct work *w, const struct request *q, int status, struct reply *r)
{
	struct error_view v = {.what = 0};
	enum word title;

	if (begins(q->path, "/api/") || begins(q->path, "/open311/") ||
		begins(q->path, "/assets/"))
		return false;
	words_of_status(status, &title, &v.what);
	frame_page(w, q, &v.page, title, SECTION_NONE);
	r->status = status;
	if (is_of_staff(w, q))
		view_staff_wrong(&r->body, w->words, &v);
	else
		view_wrong(&r->body, w->words, &v);
	return true;
}
