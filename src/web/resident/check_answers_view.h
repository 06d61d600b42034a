/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef WEB_CHECK_ANSWERS_VIEW_H
#define WEB_CHECK_ANSWERS_VIEW_H

#include "web/fieldblock.h"
#include "web/page.h"

struct check_view {
	struct page page;
	const char *service;
	const char *action;
	struct part_problems problems;
	struct part_summary answers;
	struct part_summary contact;
	struct field_blocks declarations;
	struct part_button go;
};

struct sent_view {
	struct page page;
	const char *service;
	const char *reference;
	const char *team;  /* who looks at it */
	const char *due;   /* "Wednesday 4 March 2026", or NULL */
	const char *track; /* NULL: there is no address to follow it by */
	struct page_links related;
};

#endif
