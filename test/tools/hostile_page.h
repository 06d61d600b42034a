/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef TOOLS_HOSTILE_PAGE_H
#define TOOLS_HOSTILE_PAGE_H

#include <stdint.h>

struct hostile_rows {
	const char **at;
	int count;
};

struct hostile_page {
	const char *text; /* printed in every place there is */
	int64_t number;
	struct hostile_rows rows;
};

#endif
