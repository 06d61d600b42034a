/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef RULE_DAYANSWER_H
#define RULE_DAYANSWER_H

/* The part of rule/answer that reads dates: FIELD_DATE, FIELD_DOB, FIELD_DATETIME. */

#include "rule/answer.h"

/* The answer has one part or more. */
struct verdict dayanswer_check(struct arena *a, enum field_type type,
	const struct answer *answer, struct date today);

#endif
