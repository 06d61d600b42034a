/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "web/admin/admin_frame.h"

enum { DEEPEST = 6 };

void
admin_frame_trail(struct work *w, struct page *p, const char *text, const char *href)
{
	struct page_link *at = arena_array(w->arena, DEEPEST, sizeof *at);
	int count = p->trail.count < DEEPEST - 1 ? p->trail.count : DEEPEST - 1;

	for (int i = 0; i < count; i++)
		at[i] = p->trail.at[i];
	at[count] = (struct page_link){.text = text, .href = href};
	p->trail = (struct page_links){at, count + 1};
}
