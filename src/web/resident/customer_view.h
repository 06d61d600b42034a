/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef WEB_CUSTOMER_VIEW_H
#define WEB_CUSTOMER_VIEW_H

#include "web/door_view.h"
#include "web/page.h"
#include "web/parts.h"

struct customer_sign_in_view {
	struct page page;
	const char *next; /* where to go then */
	struct part_problems problems;
	struct part_input email, password;
	struct part_button go;
	const struct part_passkey *passkey;
	struct door_providers providers;
};

struct my_request {
	const char *reference;
	const char *subject;
	const char *href;
	const char *asked; /* "2 March 2026" */
	enum word status;
	const char *class;
};

struct my_requests {
	const struct my_request *at;
	int count;
};

struct my_requests_view {
	struct page page;
	struct my_requests requests;
	const char *older;
	struct part_button leave;
};

#endif
