/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef APP_DEMO_H
#define APP_DEMO_H

#include "app/config.h"

/*
 * `portreeve demo --db URL --credentials FILE`: the demonstration. Two organisations,
 * "Southmere Council" for its residents and "Shared ICT Desk" for the staff of two
 * councils, with services, teams, people, one account for each role in each of them, and
 * some sixty tickets of the last weeks. All of it is in seed/; the residents are the
 * 20,000 of the data folder (--data) where there is one.
 *
 * It may be run again: what is there stays. The accounts keep their password while FILE
 * still says it; otherwise all get a new one. A database that belongs to somebody else is
 * refused.
 */
int demo_command(const struct config *c);

#endif
