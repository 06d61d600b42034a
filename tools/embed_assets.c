/* SPDX-License-Identifier: AGPL-3.0-or-later */
/*
 * embed_assets OUT.c OUT.h TEMPLATE LAYOUT FILE...: style sheets, scripts and pictures as
 * the tables of http/assets, each under a name with the hash of its bytes and packed
 * with gzip and brotli.
 *
 * {asset "other.js"} in a text asset becomes the address of the other one, which must
 * stand earlier in the arguments.
 *
 * TEMPLATE is govuk-frontend's page template and LAYOUT our page with the same inline
 * script: the hash of both must be the one that the Content-Security-Policy allows.
 */
#include "toolbox.h"
#include "unbrand.h"

#include <brotli/encode.h>
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <zlib.h>

/* ref: the one inline script of a page (adds "js-enabled" and
 * "govuk-frontend-supported"), govuk-frontend 6.6.0. */
static const char SHELL_HASH[] = "sha256-GUQ5ad8JK5KmEWmROf3LZd9ge94daqNvd8xy9YS1iDw=";

enum { TAG_BYTES = 6, GZIP_WINDOW = 15 + 16 };

static const struct {
	const char *ending;
	const char *type;
	bool text;
} types[] = {
	{".css", "text/css; charset=utf-8", true},
	{".js", "text/javascript; charset=utf-8", true},
	{".svg", "image/svg+xml", true},
	{".json", "application/json", true},
	{".png", "image/png", false},
	{".ico", "image/x-icon", false},
};

struct made {
	const char *name; /* "staff.css" */
	const char *path; /* "/assets/staff-0123456789ab.css" */
	const char *type;
	char tag[TAG_BYTES * 2 + 1];
	struct bytes plain, gzip, brotli;
};

static _Noreturn void
fail(const char *file, const char *what)
{
	fprintf(stderr, "%s: %s\n", file, what);
	exit(1);
}

/* The script between the first "<script ...>" and "</script>". */
static void
check_shell(struct arena *a, const char *path)
{
	struct bytes text = toolbox_read(a, path);
	const char *tag = strstr((const char *)text.at, "<script");
	const char *start = tag ? strchr(tag, '>') : NULL;
	unsigned char hash[crypto_hash_sha256_BYTES];
	char base64[64];

	/* In the template a '>' belongs to {%- ... %} only when '%' stands before it. */
	while (start && (start[-1] == '%' || start[1] == '\n'))
		start = strchr(start + 1, '>');
	if (!start || !strstr(start, "</script>"))
		fail(path, "no inline script found");
	start++;
	crypto_hash_sha256(hash, (const unsigned char *)start,
		(unsigned long long)(strstr(start, "</script>") - start));
	sodium_bin2base64(
		base64, sizeof base64, hash, sizeof hash, sodium_base64_VARIANT_ORIGINAL);
	if (strcmp(base64, SHELL_HASH + strlen("sha256-")) != 0)
		fail(path, arena_printf(a,
				   "the inline script has the hash sha256-%s, but the "
				   "policy "
				   "allows %s",
				   base64, SHELL_HASH));
}

static struct bytes
gzip(struct arena *a, struct bytes plain)
{
	z_stream z = {0};
	size_t room = plain.len + 1024;
	unsigned char *out = arena_alloc(a, room);

	if (deflateInit2(&z, 9, Z_DEFLATED, GZIP_WINDOW, 9, Z_DEFAULT_STRATEGY) != Z_OK)
		fail("zlib", "cannot begin");
	z.next_in = (unsigned char *)(uintptr_t)plain.at;
	z.avail_in = (unsigned)plain.len;
	z.next_out = out;
	z.avail_out = (unsigned)room;
	if (deflate(&z, Z_FINISH) != Z_STREAM_END)
		fail("zlib", "cannot pack");
	deflateEnd(&z);
	return (struct bytes){out, z.total_out};
}

static struct bytes
brotli(struct arena *a, struct bytes plain)
{
	size_t n = BrotliEncoderMaxCompressedSize(plain.len) + 1024;
	unsigned char *out = arena_alloc(a, n);

	if (!BrotliEncoderCompress(BROTLI_MAX_QUALITY, BROTLI_MAX_WINDOW_BITS,
		    BROTLI_MODE_TEXT, plain.len, plain.at, &n, out))
		fail("brotli", "cannot pack");
	return (struct bytes){out, n};
}

static const struct made *
find(const struct made *all, int count, struct bytes name)
{
	for (int i = 0; i < count; i++)
		if (bytes_equal(bytes_of(all[i].name), name))
			return &all[i];
	return NULL;
}

/* {asset "name"} -> its address. */
static struct bytes
resolve(struct arena *a, const char *path, struct bytes text, const struct made *all,
	int count)
{
	static const char mark[] = "{asset \"";
	struct buffer out = buffer_in(a, text.len);
	const char *rest = (const char *)text.at;
	const char *hit;

	while ((hit = strstr(rest, mark)) != NULL) {
		const char *name = hit + strlen(mark);
		size_t n = strcspn(name, "\"\n");
		const struct made *m = find(
			all, count, (struct bytes){(const unsigned char *)name, n});

		if (!m || name[n] != '"' || name[n + 1] != '}')
			fail(path, arena_printf(a,
					   "{asset \"%.*s\"}: no such asset before "
					   "this one",
					   (int)n, name));
		buffer_add(&out, rest, (size_t)(hit - rest));
		buffer_text_add(&out, m->path);
		rest = name + n + 2;
	}
	buffer_add(&out, rest, (size_t)((const char *)text.at + text.len - rest));
	return buffer_bytes(&out);
}

/* Packed bytes are kept only when they are a good deal fewer. */
static struct bytes
if_worth(struct bytes packed, struct bytes plain)
{
	return packed.len < plain.len - plain.len / 10 ? packed : (struct bytes){0};
}

static struct made
make(struct arena *a, const char *path, const struct made *all, int count)
{
	struct made m = {.name = toolbox_name(path), .plain = toolbox_read(a, path)};
	const char *ending = strrchr(m.name, '.');
	unsigned char hash[crypto_hash_sha256_BYTES];
	bool text = false;

	for (size_t i = 0; ending && i < sizeof types / sizeof *types; i++)
		if (strcmp(ending, types[i].ending) == 0) {
			m.type = types[i].type;
			text = types[i].text;
		}
	if (!m.type)
		fail(path, "not a kind of asset that is known");
	if (strcmp(m.name, "govuk-frontend.min.css") == 0)
		m.plain = unbrand(a, path, m.plain);
	if (text)
		m.plain = resolve(a, path, unbrand_map(m.plain), all, count);
	crypto_hash_sha256(hash, m.plain.at, m.plain.len);
	sodium_bin2hex(m.tag, sizeof m.tag, hash, TAG_BYTES);
	m.path = arena_printf(
		a, "/assets/%.*s-%s%s", (int)(ending - m.name), m.name, m.tag, ending);
	if (text) {
		m.gzip = if_worth(gzip(a, m.plain), m.plain);
		m.brotli = if_worth(brotli(a, m.plain), m.plain);
	}
	return m;
}

static void
write_bytes(struct buffer *c, struct bytes b)
{
	if (b.len == 0) {
		buffer_literal(c, "\t{ 0 },\n");
		return;
	}
	buffer_literal(c, "\t{ (const unsigned char *)\n");
	toolbox_literal(c, b);
	buffer_printf(c, ",\n\t%zu },\n", b.len);
}

static int
by_path(const void *a, const void *b)
{
	return strcmp(((const struct made *)a)->path, ((const struct made *)b)->path);
}

static void
write_source(struct arena *a, const char *path, const struct made *all, int count)
{
	struct buffer c = buffer_in(a, 1 << 20);

	toolbox_heading(&c, "embed_assets");
	buffer_literal(&c,
		"#include \"http/assets.h\"\n\nconst struct asset assets_all[] = {\n");
	for (int i = 0; i < count; i++) {
		buffer_printf(&c, "{ \"%s\", \"%s\", \"%s\",\n", all[i].path, all[i].type,
			all[i].tag);
		write_bytes(&c, all[i].plain);
		write_bytes(&c, all[i].gzip);
		write_bytes(&c, all[i].brotli);
		buffer_literal(&c, "},\n");
	}
	buffer_printf(&c, "{ 0 }\n};\n\nconst int assets_count = %d;\n", count);
	toolbox_write(path, &c);
}

static void
write_header(struct arena *a, const char *path, const struct made *all, int count)
{
	struct buffer h = buffer_in(a, 0);

	toolbox_heading(&h, "embed_assets");
	buffer_printf(
		&h, "#pragma once\n\n#define ASSETS_SHELL_HASH \"%s\"\n\n", SHELL_HASH);
	for (int i = 0; i < count; i++) {
		char *id = arena_copy(a, all[i].name);

		for (char *p = id; *p; p++)
			if (strchr(".-", *p))
				*p = '_';
		buffer_printf(&h, "#define ASSET_%s \"%s\"\n", id, all[i].path);
	}
	toolbox_write(path, &h);
}

int
main(int argc, char **argv)
{
	struct arena *a = arena_new();
	struct made *all = arena_array(a, (size_t)argc, sizeof *all);
	int count = 0;

	if (argc < 5 || sodium_init() < 0) {
		fprintf(stderr,
			"usage: embed_assets OUT.c OUT.h TEMPLATE LAYOUT FILE...\n");
		return 2;
	}
	check_shell(a, argv[3]);
	check_shell(a, argv[4]);
	for (int i = 5; i < argc; i++, count++)
		all[count] = make(a, argv[i], all, count);
	write_header(a, argv[2], all, count);
	qsort(all, (size_t)count, sizeof *all, by_path);
	write_source(a, argv[1], all, count);
	arena_free(a);
	return 0;
}
