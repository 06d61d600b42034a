/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef WEB_RULES_WORDS_H
#define WEB_RULES_WORDS_H

/* Rule tables and their rows in words that a manager understands: "If the service is
 * Report a pothole and the customer is vulnerable, then priority 2 (High)". */

#include "desk/rule_check.h"
#include "format/words.h"

/* Speaking of one table of one organisation. */
struct rules_words {
	struct work *work;
	const struct table_shape *shape;
	const struct rule_names *names;
};

/* "Priority": a table's own name. */
enum word rules_words_table(const char *name);

/* A column's name as the form asks for it, and its hint (WORD_NONE: none). */
enum word rules_words_column(const struct table_shape *s, const struct table_column *c);
enum word rules_words_hint(const struct table_shape *s, const struct table_column *c);

/* "the service is Report a pothole and the customer is vulnerable"; "always". */
const char *rules_words_when(const struct rules_words *r, const struct table_row *row);

/* "priority 2 (High)"; "answer within 4 hours; solution within 2 working days". */
const char *rules_words_then(const struct rules_words *r, const struct table_row *row);

/* The whole sentence. */
const char *rules_words_row(const struct rules_words *r, const struct table_row *row);

/* "75%", "30 minutes before", "1 hour after": how a step of escalation is typed. */
const char *rules_words_step(struct work *w, const struct table_row *row);

/* "Raised 4:15pm on 3 March by Alex Winter": who, when; NULL author: the house. */
const char *rules_words_by(struct work *w, const char *author, int64_t at);

/* What the n-th bit (from 0) of a column of bits means; WORD_NONE behind the last. */
enum { RULES_WORDS_MOST_BITS = 4 };
enum word rules_words_bit(const struct table_column *c, int n);

#endif
