/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "rule/clock_unit.h"

#include <string.h>

static const char *const words[CLOCK_UNITS] = {
	[CLOCK_SECONDS] = "seconds",
	[CLOCK_WORKING_DAYS] = "working_days",
	[CLOCK_MONTHS] = "months",
	[CLOCK_DAYS] = "days",
};

const char *
clock_unit_text(enum clock_unit u)
{
	return words[u];
}

enum clock_unit
clock_unit_read(const char *text)
{
	enum clock_unit u = CLOCK_UNITS - 1;

	while (text && u > CLOCK_SECONDS && strcmp(words[u], text) != 0)
		u--;
	return text ? u : CLOCK_SECONDS;
}

bool
clock_unit_of_dates(enum clock_unit u)
{
	return u == CLOCK_MONTHS || u == CLOCK_DAYS;
}
