/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "http/gzip.h"

#include "base/log.h"

#include <pthread.h>
#include <stdlib.h>
#include <zlib.h>

/* Level 4 is where pages stop getting much smaller and start getting much dearer. */
enum { LEVEL = 4, WINDOW_WITH_GZIP_HEAD = 15 + 16, MEMORY = 8 };

struct packer {
	struct packer *next;
	z_stream z;
};

struct gzip_pool {
	pthread_mutex_t lock;
	struct packer *idle;
};

struct gzip_pool *
gzip_pool_new(void)
{
	struct gzip_pool *p = calloc(1, sizeof *p);

	if (!p)
		log_fatal("out of memory");
	pthread_mutex_init(&p->lock, NULL);
	return p;
}

void
gzip_pool_free(struct gzip_pool *p)
{
	if (!p)
		return;
	while (p->idle) {
		struct packer *next = p->idle->next;

		deflateEnd(&p->idle->z);
		free(p->idle);
		p->idle = next;
	}
	pthread_mutex_destroy(&p->lock);
	free(p);
}

static struct packer *
packer_new(void)
{
	struct packer *k = calloc(1, sizeof *k);

	if (!k || deflateInit2(&k->z, LEVEL, Z_DEFLATED, WINDOW_WITH_GZIP_HEAD, MEMORY,
			  Z_DEFAULT_STRATEGY) != Z_OK)
		log_fatal("out of memory");
	return k;
}

static struct packer *
take(struct gzip_pool *p)
{
	struct packer *k;

	pthread_mutex_lock(&p->lock);
	k = p->idle;
	if (k)
		p->idle = k->next;
	pthread_mutex_unlock(&p->lock);
	return k ? k : packer_new();
}

static void
give(struct gzip_pool *p, struct packer *k)
{
	deflateReset(&k->z);
	pthread_mutex_lock(&p->lock);
	k->next = p->idle;
	p->idle = k;
	pthread_mutex_unlock(&p->lock);
}

bool
gzip_pack(struct gzip_pool *p, struct arena *a, struct bytes in, struct bytes *out)
{
	/* Half the size holds every page worth compressing; more is not worth sending. */
	size_t room = in.len / 2 + 64;
	unsigned char *to = arena_alloc(a, room);
	struct packer *k;
	bool fits;

	if (in.len > UINT32_MAX)
		return false;
	k = take(p);
	k->z.next_in = (unsigned char *)(uintptr_t)in.at;
	k->z.avail_in = (unsigned)in.len;
	k->z.next_out = to;
	k->z.avail_out = (unsigned)room;
	fits = deflate(&k->z, Z_FINISH) == Z_STREAM_END;
	*out = (struct bytes){to, room - k->z.avail_out};
	give(p, k);
	return fits;
}
