/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef WEB_QUESTION_VIEW_H
#define WEB_QUESTION_VIEW_H

#include "web/fieldblock.h"
#include "web/page.h"

/* A page of a form: one question, or those that belong together. */
struct question_view {
	struct page page;
	const char *service; /* above the title */
	const char *action;  /* where the form goes */
	const char *heading; /* the h1, when it is not the question's own */
	const char *lead;
	struct part_problems problems;
	struct field_blocks blocks;
	bool files; /* multipart */
	struct part_button go;
};

#endif
