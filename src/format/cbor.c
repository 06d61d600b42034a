/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "format/cbor.h"

enum { FALSE_VALUE = 20, TRUE_VALUE = 21, NULL_VALUE = 22 };

struct reading {
	struct arena *arena;
	struct bytes in;
	int values;
};

static bool
take(struct reading *r, size_t n, struct bytes *out)
{
	if (n > r->in.len)
		return false;
	*out = (struct bytes){r->in.at, n};
	r->in.at += n;
	r->in.len -= n;
	return true;
}

/* The first byte and the number behind it, in the shortest form only. */
static bool
take_head(struct reading *r, int *major, uint64_t *n)
{
	struct bytes b;
	unsigned info;

	if (!take(r, 1, &b))
		return false;
	*major = b.at[0] >> 5;
	info = b.at[0] & 31;
	*n = info;
	if (info < 24)
		return true;
	if (info > 27 || !take(r, (size_t)1 << (info - 24), &b))
		return false;
	*n = 0;
	for (size_t i = 0; i < b.len; i++)
		*n = *n << 8 | b.at[i];
	return info == 24 ? *n >= 24 : *n >> (b.len * 4) != 0;
}

static bool read_value(struct reading *r, int depth, struct cbor *v);

static bool
is_same(const struct cbor *a, const struct cbor *b)
{
	if (a->kind != b->kind)
		return false;
	return a->kind == CBOR_WHOLE ? a->whole == b->whole
				     : bytes_equal(a->bytes, b->bytes);
}

static bool
is_key(const struct cbor *v)
{
	return v->kind == CBOR_WHOLE || v->kind == CBOR_TEXT || v->kind == CBOR_BYTES;
}

static bool
keys_are_well(const struct cbor *map)
{
	for (int i = 0; i < map->count; i += 2) {
		if (!is_key(&map->items[i]))
			return false;
		for (int k = 0; k < i; k += 2)
			if (is_same(&map->items[i], &map->items[k]))
				return false;
	}
	return true;
}

static bool
read_items(struct reading *r, int depth, uint64_t count, struct cbor *v)
{
	struct cbor *at;

	/* Each takes a byte at least: what cannot fit costs no memory. */
	if (depth == CBOR_DEPTH || count > CBOR_VALUES || count > r->in.len)
		return false;
	at = arena_array(r->arena, (size_t)count, sizeof *at);
	v->items = at;
	v->count = (int)count;
	for (uint64_t i = 0; i < count; i++)
		if (!read_value(r, depth + 1, &at[i]))
			return false;
	return true;
}

static bool
read_simple(uint64_t n, struct cbor *v)
{
	v->kind = n == NULL_VALUE ? CBOR_NULL : CBOR_TRUTH;
	v->whole = n == TRUE_VALUE;
	return n >= FALSE_VALUE && n <= NULL_VALUE;
}

static bool
read_value(struct reading *r, int depth, struct cbor *v)
{
	int major;
	uint64_t n;

	if (++r->values > CBOR_VALUES || !take_head(r, &major, &n))
		return false;
	switch (major) {
	case 0:
	case 1:
		v->kind = CBOR_WHOLE;
		v->whole = major == 0 ? (int64_t)n : -1 - (int64_t)n;
		return n <= INT64_MAX;
	case 2: v->kind = CBOR_BYTES; return n <= r->in.len && take(r, n, &v->bytes);
	case 3:
		v->kind = CBOR_TEXT;
		return n <= r->in.len && take(r, n, &v->bytes) &&
		       bytes_are_text(v->bytes);
	case 4: v->kind = CBOR_LIST; return read_items(r, depth, n, v);
	case 5:
		v->kind = CBOR_MAP;
		return n <= CBOR_VALUES && read_items(r, depth, n * 2, v) &&
		       keys_are_well(v);
	case 7: return read_simple(n, v);
	default: return false;
	}
}

const struct cbor *
cbor_read(struct arena *a, struct bytes *in)
{
	struct reading r = {.arena = a, .in = *in};
	struct cbor *v = arena_alloc(a, sizeof *v);
	bool read = read_value(&r, 0, v);

	*in = r.in;
	return read ? v : NULL;
}

const struct cbor *
cbor_numbered(const struct cbor *v, int64_t key)
{
	for (int i = 0; v && v->kind == CBOR_MAP && i < v->count; i += 2)
		if (v->items[i].kind == CBOR_WHOLE && v->items[i].whole == key)
			return &v->items[i + 1];
	return NULL;
}

const struct cbor *
cbor_named(const struct cbor *v, const char *key)
{
	for (int i = 0; v && v->kind == CBOR_MAP && i < v->count; i += 2)
		if (v->items[i].kind == CBOR_TEXT &&
			bytes_equal(v->items[i].bytes, bytes_of(key)))
			return &v->items[i + 1];
	return NULL;
}

struct bytes
cbor_bytes(const struct cbor *v)
{
	return v && v->kind == CBOR_BYTES ? v->bytes : (struct bytes){0};
}

int64_t
cbor_whole(const struct cbor *v, int64_t otherwise)
{
	return v && v->kind == CBOR_WHOLE ? v->whole : otherwise;
}
