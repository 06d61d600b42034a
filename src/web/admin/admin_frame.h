/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef WEB_ADMIN_FRAME_H
#define WEB_ADMIN_FRAME_H

/* What pages below those of web/admin/admin_page share. */

#include "http/request.h"
#include "store/work.h"
#include "web/page.h"

/* A step of the trail of a page below one of them. */
void admin_frame_trail(
	struct work *w, struct page *p, const char *text, const char *href);

#endif
