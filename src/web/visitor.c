/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "web/visitor.h"

#include "store/session.h"

void
visitor_need_session(struct work *w, const struct request *q, struct reply *r)
{
	struct session *s;

	if (w->session)
		return;
	s = arena_alloc(w->arena, sizeof *s);
	reply_cookie(r, VISITOR_COOKIE,
		session_start(w, w->actor->org, 0, SESSION_ANONYMOUS, q->peer, s), -1);
	w->session = s;
}

void
visitor_leave(struct work *w, struct reply *r)
{
	if (w->session)
		session_end(w, w->session->hash);
	reply_cookie(r, VISITOR_COOKIE, "", 0);
	reply_header(r, "Clear-Site-Data", "\"cache\", \"storage\"");
}
