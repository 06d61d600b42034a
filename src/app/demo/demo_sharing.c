/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "app/demo/demo_sharing.h"

#include "store/sharing.h"

enum { DAY = 86400 };

enum outcome
demo_sharing_write(struct work *w, void *context)
{
	struct sharing in_force = {
		.org = DEMO_ICT,
		.taker = DEMO_SOUTHMERE,
		.name = "What Southmere's own staff reported to the ICT desk",
		.purpose = "Customer Services tell colleagues how far their fault is, "
			   "without ringing the ICT desk.",
		.basis = "public-task",
		.services = "IT-APP IT-LAPTOP IT-NETWORK IT-PRINT",
		.details = 1u << DETAIL_SUBJECT | 1u << DETAIL_WORDS | 1u << DETAIL_NAME |
			   1u << DETAIL_PUBLIC,
		.rights = RIGHT_BIT(RIGHT_SEE) | RIGHT_BIT(RIGHT_NOTE),
		.starts = w->now - 60 * DAY,
		.ends = w->now + 305 * DAY,
		.signed_for_org = "Head of Shared ICT",
		.signed_for_taker = "Director of Customer Services",
	};
	struct sharing over = {
		.org = DEMO_SOUTHMERE,
		.taker = DEMO_ICT,
		.name = "Trial of street light sensors",
		.purpose = "The ICT desk compares what sensors say with what residents "
			   "report.",
		.basis = "public-task",
		.services = "HW-LIGHT",
		.details = 1u << DETAIL_SUBJECT | 1u << DETAIL_PLACE,
		.rights = RIGHT_BIT(RIGHT_SEE),
		.starts = w->now - 200 * DAY,
		.ends = w->now - 20 * DAY,
		.signed_for_org = "Head of Highways",
		.signed_for_taker = "Head of Shared ICT",
	};
	struct sharing_list known;

	(void)context;
	sharing_read(w, DEMO_SOUTHMERE, &known);
	if (known.count > 0)
		return DONE;
	sharing_save(w, &in_force);
	sharing_save(w, &over);
	return DONE;
}
