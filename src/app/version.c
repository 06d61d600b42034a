/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "app/version.h"

#include <stdio.h>

int
version_command(const struct config *c)
{
	(void)c;
	printf("portreeve " PORTREEVE_VERSION "\n");
	return 0;
}
