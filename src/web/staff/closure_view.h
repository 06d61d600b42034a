/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef WEB_CLOSURE_VIEW_H
#define WEB_CLOSURE_VIEW_H

#include "web/page.h"
#include "web/parts.h"

struct closure_page_view {
	struct page page;
	struct part_problems problems;
	struct part_input calendar, date, reason, approver, references;
};

#endif
