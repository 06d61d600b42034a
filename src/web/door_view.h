/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef WEB_DOOR_VIEW_H
#define WEB_DOOR_VIEW_H

#include "web/page.h"
#include "web/parts.h"

struct door_text {
	const char *text;
};

struct door_texts {
	const struct door_text *at;
	int count;
};

/* The form of a passkey, which a script brings to life; NULL prints nothing. */
struct part_passkey {
	const struct page *page;
	const char *purpose, *action, *button, *failed;
	const char *door, *next;
	const struct part_input *name; /* registering: what the new one is called */
};

/* A button that leads to an identity provider. */
struct door_provider {
	const struct page *page;
	const char *name, *action, *next;
};

struct door_providers {
	const struct door_provider *at;
	int count;
};

/* On the way there, and back. */
struct provider_view {
	struct page page;
	const char *name, *href;
	const char *code, *state, *issuer;
};

/* A page with a heading, a few sentences, one form and ways elsewhere. */
struct door_view {
	struct page page;
	struct part_problems problems;
	const char *title;
	struct door_texts texts;
	const char *action; /* NULL: no form */
	const char *next;
	const struct part_passkey *passkey; /* NULL: none is offered */
	struct part_inputs inputs;
	struct part_button go;
	struct page_links links;
};

/* A browser somebody is signed in with. */
struct door_session {
	const char *handle, *name, *way, *peer, *seen, *exact, *iso;
	bool here;
};

struct door_sessions {
	const struct door_session *at;
	int count;
};

struct door_sessions_view {
	struct page page;
	struct door_sessions sessions;
	bool others;
};

struct door_passkey {
	const char *id, *name, *created, *used;
};

struct door_passkeys {
	const struct door_passkey *at;
	int count;
};

/* All that guards an account. */
struct security_view {
	struct page page;
	bool must_enrol; /* nothing else before a second factor is set up */
	bool may_forget; /* a second factor may be taken away */
	bool has_password, has_app;
	int codes;
	bool has_second;
	struct door_passkeys passkeys;
	const struct part_passkey *add;
	int sessions;
	const char *desk; /* way back for staff; NULL */
};

struct authenticator_view {
	struct page page;
	struct part_problems problems;
	struct safe_html picture;
	const char *link, *key;
	struct part_input code;
};

struct recovery_view {
	struct page page;
	struct door_texts codes;
	const char *next;
};

#endif
