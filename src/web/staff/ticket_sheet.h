/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef WEB_TICKET_SHEET_H
#define WEB_TICKET_SHEET_H

/* A ticket as its view prints it. Links, forms and addresses that are NULL or empty are
 * not there for this reader. */

#include "format/html.h"
#include "web/page.h"
#include "web/parts.h"
#include "web/staff/staff_words.h"

/* A file that came with an event. */
struct ticket_file {
	int64_t id;
	const char *filename, *size;
};

struct ticket_files {
	const struct ticket_file *at;
	int count;
};

/* One event of the timeline, in words. */
struct ticket_said {
	int64_t seq;
	const char *class; /* message, message-out, note, change: its shape */
	const char *sentence;
	const char *body; /* what a person wrote, or "" */
	struct safe_html html;
	bool marked;	    /* it is shown with its marks: html instead of body */
	enum word audience; /* public or internal, of what has a body; WORD_NONE */
	bool internal;
	struct moment at;
	struct ticket_files files;
};

struct ticket_saids {
	const struct ticket_said *at;
	int count;
};

/* A promise and how it stands. */
struct ticket_clock {
	const char *kind;
	const char *href; /* how it was counted */
	const char *class;
	const char *state; /* a sentence: "Due in 2 hours", "Kept" */
	const char *left;  /* "2 hours 30 minutes of desk time left", or NULL */
	struct moment at;  /* due, broken since, or stopped at */
};

struct ticket_clocks {
	const struct ticket_clock *at;
	int count;
};

/* Why it is here: one decision. */
struct ticket_why {
	enum word table;
	const char *rule; /* "Row 3 of version 2", or that none fitted */
	const char *href; /* that version with its row marked; for administrators */
	const char *gave; /* what it decided */
	const char *note; /* of who wrote the row */
	const char *saw;
	struct page_links candidates; /* who might have got it, and why not */
};

struct ticket_whys {
	const struct ticket_why *at;
	int count;
};

/* What the reader may not change or read here, though their rights would let them: the
 * row of the table that says so. */
struct ticket_limit {
	const char *what, *rule;
	const char *href; /* that row, for administrators */
	const char *note;
};

struct ticket_limits {
	const struct ticket_limit *at;
	int count;
};

struct ticket_link {
	const char *reference, *subject;
	enum word status;
	const char *status_class;
	struct moment created;
};

struct ticket_links {
	const struct ticket_link *at;
	int count;
};

struct ticket_customer {
	const char *name; /* NULL: nobody known */
	const char *href; /* their page */
	const char *email, *phone, *body, *address, *adjustments;
	bool vip, vulnerable;
	struct ticket_links others;
};

/* What changed since a form was opened: shown when it comes back. */
struct ticket_news {
	const char *sentence;
	struct moment at;
};

struct ticket_newses {
	const struct ticket_news *at;
	int count;
};

struct ticket_sheet {
	struct page page;
	const char *reference, *subject, *service, *team, *assignee, *place;
	const char *here; /* address of this page */
	enum word status, priority_word, channel;
	const char *status_class;
	int64_t priority, version, seen;
	struct moment created;
	bool restricted;
	const char *audit_href;	      /* who looked at it, for who reads the audit */
	const char *access_href;      /* who can see it, for who may ask */
	const char *publication_href; /* what everybody can read, for who decides it */
	const char
		*shared_by; /* the organisation whose it is, when an agreement shows it */

	struct part_problems problems;
	bool conflict;
	struct ticket_newses newses;

	struct ticket_saids timeline;
	const char *older, *newest; /* addresses */

	/* The composer. */
	const char *words;
	const char *words_error;
	const char *unheard; /* why the customer cannot be written to, or NULL */
	struct part_input extend;
	bool may_extend; /* a reply may say that it takes longer */
	bool may_write, may_reply, may_wait, may_note, may_resolve;

	bool may_claim, may_reopen, may_close, may_cancel;
	bool may_assign, assign_open;
	bool may_move, may_give; /* to another team; to a person */
	int64_t team_id;
	struct part_input assign_team, assign_person;
	bool may_rank;
	struct part_input rank, rank_reason;
	struct part_input reopen_reason, cancel_reason;

	/* Promises. */
	bool may_promise, promise_open;
	const char *promise_title, *promise_hint;
	struct part_input by_day, by_time, waits;
	bool choose_reason; /* there are several to wait for */
	bool may_call, call_open, may_backdate;
	struct part_input call, call_day, call_time, call_reason;
	bool may_refuse, refuse_open;
	struct part_input refusal;
	bool may_resume;

	struct ticket_clocks clocks;
	struct ticket_customer customer;
	struct part_summary answers;
	struct ticket_files files;
	struct ticket_whys whys;
	struct ticket_limits limits;
};

#endif
