/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef WEB_TRACK_VIEW_H
#define WEB_TRACK_VIEW_H

#include "format/html.h"
#include "web/moment.h"
#include "web/page.h"
#include "web/parts.h"

/* Which request? */
struct track_view {
	struct page page;
	struct part_problems problems;
	struct part_input reference;
	struct part_button go;
};

/* Who are you? The code from the e-mail. */
struct track_code_view {
	struct page page;
	const char *reference;
	const char *action; /* where the code goes */
	bool sent;	    /* one has just been sent, if we have an address */
	struct part_problems problems;
	struct part_input code;
	struct part_button go;
	struct part_button send;
};

struct track_file {
	const char *filename;
	const char *href;
};

struct track_files {
	const struct track_file *at;
	int count;
};

/* Something that happened. */
struct track_event {
	const char *what; /* "You wrote" */
	struct moment when;
	const char *body;
	struct safe_html html;
	bool marked; /* html is shown instead of body */
	bool mine;   /* the customer's own */
	struct track_files files;
};

struct track_events {
	const struct track_event *at;
	int count;
};

struct track_request_view {
	struct page page;
	const char *reference;
	const char *service;
	enum word status;  /* in plain words */
	const char *class; /* of its tag */
	enum word next;	   /* what happens next */
	const char *due;   /* a date, or NULL */
	bool late;	   /* it should have been done by now */
	struct moment asked;
	struct part_summary answers; /* of the form it was asked with */
	const char *older;	     /* address of earlier events, or NULL */
	struct track_events events;
	struct part_problems problems;
	enum word heading; /* of the form */
	enum word hint;
	const char *action;
	const char *once;
	struct part_input words;
	struct part_input files;
	struct part_button go;
};

#endif
