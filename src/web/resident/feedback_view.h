/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef WEB_FEEDBACK_VIEW_H
#define WEB_FEEDBACK_VIEW_H

#include "web/page.h"
#include "web/parts.h"

struct feedback_view {
	struct page page;
	const char *reference;
	const char *service;
	const char *action;
	bool thanks;  /* a score was given; the comment may follow */
	bool at_once; /* came by a score's own link: a script may send it */
	struct part_problems problems;
	struct part_input score;
	struct part_input comment;
	struct part_button go;
};

#endif
