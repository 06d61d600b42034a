/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef WEB_NEW_CONTACT_VIEW_H
#define WEB_NEW_CONTACT_VIEW_H

#include "web/fieldblock.h"
#include "web/page.h"

struct new_service {
	const char *category; /* where a new one begins, else NULL */
	const char *name, *code, *href;
};

struct new_services {
	const struct new_service *at;
	int count;
};

struct new_choice_view {
	struct page page;
	const char *find, *person; /* as in the address; "" */
	const char *person_name;   /* NULL: nobody chosen yet */
	const char *logged;	   /* the reference just logged, which they may not see */
	struct new_services services;
};

struct new_contact_view {
	struct page page;
	struct part_problems problems;
	const char *service, *code, *person, *once;
	const char *other;     /* address: choose another service */
	const char *emergency; /* what to say first, or NULL */
	const char *note;
	struct part_input channel, name, email, phone, impact, urgency;
	const char *person_name; /* known: then their addresses are not asked */
	const char *person_href;
	struct part_inputs words; /* one, or none where the form asks for words */
	struct field_blocks blocks;
};

#endif
