/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "base/random.h"

#include "base/log.h"

#include <errno.h>
#include <sys/random.h>

void
random_bytes(void *at, size_t n)
{
	unsigned char *p = at;

	while (n > 0) {
		ssize_t got = getrandom(p, n, 0);

		if (got < 0 && errno == EINTR)
			continue;
		if (got <= 0)
			log_fatal("the kernel gives no random bytes");
		p += got;
		n -= (size_t)got;
	}
}

uint64_t
random_number(void)
{
	uint64_t n;

	random_bytes(&n, sizeof n);
	return n;
}
