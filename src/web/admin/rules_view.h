/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef WEB_RULES_VIEW_H
#define WEB_RULES_VIEW_H

#include "web/page.h"
#include "web/parts.h"

/* What every page about rule tables begins with, behind `struct page page`. */
struct rules_head {
	struct page_links ways;	 /* of administrators */
	const char *table;	 /* its key in addresses: "priority" */
	const char *name;	 /* "Priority" */
	const char *about;	 /* what the table decides */
	struct page_links views; /* of this table: live, draft, versions, try it */
};

/* One row of a table. */
struct rules_row {
	int64_t number;
	const char *id; /* of its element: "row-3" */
	const char *when, *then, *note;
	const char *edit;    /* address, in a draft */
	const char *key;     /* its id in a draft's buttons */
	const char *warning; /* it can never decide; it names what is gone */
	bool marked;	     /* this one decided */
	bool first, last;
};

struct rules_rows {
	const struct rules_row *at;
	int count;
};

struct rules_overview_row {
	const char *name, *href, *about;
	const char *version; /* "Version 3"; NULL: none is live */
	const char *by;	     /* when and by whom */
	const char *draft;   /* "changed ... by ..."; NULL: no draft */
	const char *draft_href;
};

struct rules_overview {
	struct page page;
	struct page_links ways;
	struct {
		const struct rules_overview_row *at;
		int count;
	} tables;
};

struct rules_table_view {
	struct page page;
	struct rules_head head;
	const char *title; /* "Version 3 of Priority" */
	const char *by;	   /* when and by whom it was published */
	const char *reason;
	const char *restored; /* "It brought back version 2", or NULL */
	const char *applying; /* how far the job with open tickets is, or NULL */
	struct rules_rows rows;
	struct part_input find; /* only rows about one service */
	const char *find_action;
	const char *found;   /* "Rows that can decide for ...: 3", or NULL */
	const char *begin;   /* POST: begins a draft; NULL: there is one */
	const char *draft;   /* address of the draft that is there */
	const char *restore; /* address: bring this version back; NULL: it is live */
	const char *changes; /* address: what changed from the one before; or NULL */
};

struct rules_versions_row {
	const char *version, *href;
	const char *by, *reason, *restored;
	const char *changes; /* address */
	int64_t rows;
	bool live;
};

struct rules_versions_view {
	struct page page;
	struct rules_head head;
	struct {
		const struct rules_versions_row *at;
		int count;
	} versions;
};

struct rules_change_row {
	const char *kind;  /* "Added", "Removed", "Changed", "Moved" */
	const char *class; /* of its tag */
	const char *was, *is;
	const char *places;		/* "row 3 → row 5" */
	const char *was_note, *is_note; /* where they differ */
};

struct rules_change_rows {
	const struct rules_change_row *at;
	int count;
};

struct rules_changes_view {
	struct page page;
	struct rules_head head;
	const char *title;
	const char *counts; /* "2 added, 1 changed" */
	struct rules_change_rows rows;
};

struct rules_draft_view {
	struct page page;
	struct rules_head head;
	struct part_problems problems;
	const char *revision;
	const char *by;	      /* who changed it last, when */
	const char *outdated; /* another version is live by now; or NULL */
	const char *action;   /* of the form around the rows */
	const char *covered;  /* how many rows can never decide; or NULL */
	struct rules_rows rows;
	const char *add, *changes, *dry_run, *publish, *discard; /* addresses */
	bool tried;
};

struct rules_row_view {
	struct page page;
	struct rules_head head;
	struct part_problems problems;
	const char *title;
	const char *conflict; /* somebody changed the draft meanwhile; or NULL */
	const char *action, *revision, *cancel;
	struct part_inputs conditions, gives;
	struct part_input note, place;
};

struct rules_publish_view {
	struct page page;
	struct rules_head head;
	struct part_problems problems;
	const char *title, *lead;
	const char *action, *revision, *button, *cancel;
	const char *counts; /* what changes */
	struct rules_change_rows rows;
	const char *tried;   /* the dry run was looked at; or NULL */
	const char *dry_run; /* address, or NULL */
	struct part_input reason;
	struct part_inputs ticks; /* without a dry run; open tickets too */
};

#endif
