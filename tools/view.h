/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef TOOLS_VIEW_H
#define TOOLS_VIEW_H

/*
 * The view compiler: HTML with a few constructs becomes a C function that prints it.
 * doc/VIEWS.md describes the language. It reads the HTML as a browser would, so that it
 * knows in which place a value stands, escapes it for that place, and refuses places
 * in which no value is safe.
 */

#include "base/arena.h"
#include "base/buffer.h"
#include "base/bytes.h"

enum view_kind { VIEW_PAGE, VIEW_LAYOUT, VIEW_PART };

/* The first construct of a file: {view queue of queue_page from "web/x.h" in staff} */
struct view_heading {
	enum view_kind kind;
	const char *name;
	const char *type;   /* the struct it prints, without "struct" */
	const char *header; /* which declares it */
	const char *layout; /* or NULL */
};

/* A compiled file. */
struct view_made {
	struct view_heading heading;
	bool headed;	   /* the heading is good, whatever follows */
	const char *code;  /* C, or NULL when something is wrong */
	const char *wrong; /* "file:line: what", or NULL */
};

/* Compiles one file. A name that ends in ".txt" is a plain text: mail, not HTML. */
struct view_made view_compile(struct arena *a, const char *file, struct bytes text);

/* What follows is between the files of the compiler. */

enum { VIEW_DEPTH = 128, VIEW_BLOCKS = 32 };

enum view_state {
	STATE_PLAIN, /* a text file */
	STATE_TEXT,  /* between tags */
	STATE_TAG,   /* inside a tag, between attributes */
	STATE_VALUE, /* inside a quoted attribute value */
};

/* How much of an address has been seen. */
enum view_url {
	URL_NO,	   /* not in an address */
	URL_START, /* nothing yet */
	URL_WHOLE, /* a whole address was printed */
	URL_PATH,
	URL_QUERY, /* query or fragment */
	URL_MIXED, /* the branches of an {if} differ */
};

/* Where the compiler is in the HTML: what both branches of an {if} must agree on. */
struct view_place {
	enum view_state state;
	int tag;       /* serial number of the tag, */
	int attribute; /* and of the attribute, that is being read */
	int depth;     /* elements open */
	bool spaced;   /* in a tag: a blank was just seen */
	enum view_url url;
};

struct view_element {
	const char *name;
	int line;
};

struct view_block {
	bool loop;  /* {for}, else {if} */
	bool other; /* its {else} was seen */
	int line;
	const char *name;  /* of the loop's row */
	const char *slice; /* C of the loop's slice */
	struct view_place start;
	struct view_place end; /* of the branches before, joined */
	bool ended;	       /* there was a branch before */
};

struct view {
	struct arena *arena;
	const char *file;
	struct bytes text;
	size_t at;
	int line;
	const char *wrong;
	struct view_heading heading;
	bool body_seen;

	struct view_place place;
	const char *tag;       /* name of the tag being read */
	const char *attribute; /* name of the attribute being read */
	char quote;
	bool equiv;	      /* the tag has http-equiv */
	bool valued;	      /* the tag has a value of the page */
	struct buffer prefix; /* the literal beginning of an address */
	struct view_element open[VIEW_DEPTH];
	struct view_block blocks[VIEW_BLOCKS];
	int block_count;

	struct buffer run; /* literal output not written yet */
	char space;	   /* a blank or newline not written yet, or 0 */
	struct buffer code;
	size_t split; /* of a layout: where the code behind {body} begins */
};

/* Notes what is wrong, once: the first is the one that counts. */
void view_wrong(struct view *v, const char *format, ...)
	__attribute__((format(printf, 2, 3)));

/* The next byte (0 at the end), one further on, and past it (counting lines). */
unsigned char view_peek(const struct view *v, size_t ahead);
void view_step(struct view *v, size_t n);

/* True when the text goes on like this, without regard to ASCII case. */
bool view_sees(const struct view *v, const char *what);

/* Literal output; a blank that may be joined with others; all that is pending. */
void view_literal(struct view *v, const char *at, size_t n);
void view_space(struct view *v, char c);
void view_flush(struct view *v);

/* A line of C that the file's own line answers for. */
void view_code(struct view *v, const char *format, ...)
	__attribute__((format(printf, 2, 3)));

/* At a '{': reads the construct and writes its code. */
void view_construct(struct view *v);

/* Reads the heading, the first construct of the file. */
void view_read_heading(struct view *v);

/* Reads HTML until the end of the file. */
void view_markup(struct view *v);

/* Whether white space counts here, and whether markup cannot stand here (<title>). */
bool view_verbatim(const struct view *v);
bool view_only_text(const struct view *v);

/* Which macro of format/print.h prints a value here; NULL after view_wrong. */
const char *view_printer(struct view *v);

/* Whether a message may stand here, and the function that says it; NULL if not. */
const char *view_speaker(struct view *v);

/* An address's literal beginning is complete. */
void view_check_prefix(struct view *v);

#endif
