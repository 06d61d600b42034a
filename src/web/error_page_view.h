/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef WEB_ERROR_PAGE_VIEW_H
#define WEB_ERROR_PAGE_VIEW_H

#include "web/page.h"

struct error_view {
	struct page page;
	enum word what; /* one paragraph */
};

#endif
