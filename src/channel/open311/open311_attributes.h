/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef CHANNEL_OPEN311_ATTRIBUTES_H
#define CHANNEL_OPEN311_ATTRIBUTES_H

/*
 * A form of ours as the attributes of an Open311 service, and answers to them. What
 * GeoReport has parameters of its own for is no attribute: the place, photographs.
 */

#include "format/pairs.h"
#include "rule/form.h"
#include "store/work.h"

struct open311_attribute {
	const char *code, *label, *hint;
	const char *datatype; /* string number datetime text singlevaluelist
				 multivaluelist */
	bool required;
	int order; /* from 1 */
	const char *const *values;
	int value_count;
	const struct field *field;
};

struct open311_attributes {
	struct open311_attribute *at;
	int count;
};

/* None for NULL. */
struct open311_attributes open311_attributes_of(struct arena *a, const struct form *form);

/* What was sent, as answers of the form in their stored writing; what the form does not
 * declare is kept as it came (O15). INVALID with problems. */
enum outcome open311_attributes_read(struct work *w, const struct form *form,
	const struct pairs *sent, struct pairs *answers) must_check;

#endif
