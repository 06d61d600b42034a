/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef WEB_STAFF_SIGN_IN_VIEW_H
#define WEB_STAFF_SIGN_IN_VIEW_H

#include "web/door_view.h"
#include "web/page.h"
#include "web/parts.h"
#include "web/staff/presence_page.h"

struct staff_sign_in_view {
	struct page page;
	struct part_problems problems;
	struct part_input email, password;
	const char *next;
	const struct part_passkey *passkey;
	struct door_providers providers;
};

/* An organisation one works for, with what one is there. */
struct staff_place {
	int64_t org;
	const char *name, *roles, *teams;
	bool here;
};

struct staff_places {
	const struct staff_place *at;
	int count;
};

struct staff_me_view {
	struct page page;
	struct staff_places places;
	struct presence_switch presence;
	bool several;
	struct door_sessions sessions;
	bool others;
};

#endif
