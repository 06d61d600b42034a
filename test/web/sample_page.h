/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef WEB_SAMPLE_PAGE_H
#define WEB_SAMPLE_PAGE_H

/* Pages with every part on them, in both faces: what face_test looks at. */

#include "web/page.h"
#include "web/parts.h"

struct sample_form {
	struct page page;
	struct part_problems problems;
	struct part_inputs inputs;
	struct part_button send, later;
};

struct sample_answers {
	struct page page;
	struct part_summary summary;
	struct part_pages pages;
};

struct sample_row {
	const char *reference, *subject, *person, *team, *due, *due_exact;
	const char *tag; /* class of its status */
	const char *status;
	int priority;
};

struct sample_rows {
	const struct sample_row *at;
	int count;
};

struct sample_desk {
	struct page page;
	struct sample_rows rows;
	struct part_inputs inputs;
	struct part_button send;
};

#endif
