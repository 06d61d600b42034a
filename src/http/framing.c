/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "http/framing.h"

#include "http/fields.h"

#include <string.h>
#include <strings.h>

enum { LONGEST_HOST = 255 };

/* A host name, an address or an address in brackets, and a port. */
static bool
is_host(const char *host)
{
	static const char lawful[] =
		"abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
		"0123456789-._~%!$&'()*+,;=:[]";

	return strlen(host) <= LONGEST_HOST && host[strspn(host, lawful)] == 0;
}

static bool
host_is_sound(const struct pairs *headers, enum framing_version version)
{
	int hosts = fields_count(headers, "Host");

	if (hosts == 0)
		return version == HTTP_1_0;
	return hosts == 1 && is_host(fields_get(headers, "Host"));
}

static struct framing
refuse(int status)
{
	return (struct framing){.status = status};
}

static struct framing
read_length(const char *digits)
{
	int64_t length = 0;

	if (!*digits || digits[strspn(digits, "0123456789")])
		return refuse(400);
	for (const char *p = digits; *p; p++) {
		length = length * 10 + (*p - '0');
		if (length > INT32_MAX)
			return refuse(413);
	}
	return (struct framing){.length = length};
}

static struct framing
read_chunked(const char *coding, enum framing_version version)
{
	if (version == HTTP_1_0)
		return refuse(400);
	if (strcasecmp(coding, "chunked") != 0)
		return refuse(501);
	return (struct framing){.length = FRAMING_CHUNKED};
}

static bool
takes_no_body(enum method m)
{
	return m == GET || m == HEAD || m == OPTIONS;
}

/* What goes on top of framing but is decided before the body is read. */
static int
check_extras(const struct pairs *headers, struct framing f, enum method method)
{
	const char *coding = fields_get(headers, "Content-Encoding");
	const char *expect = fields_get(headers, "Expect");

	if (f.length != 0 && takes_no_body(method))
		return 400;
	if (f.length != 0 && coding && strcasecmp(coding, "identity") != 0)
		return 415;
	if (expect && strcasecmp(expect, "100-continue") != 0)
		return 417;
	return 0;
}

struct framing
framing_read(
	const struct pairs *headers, enum framing_version version, enum method method)
{
	int lengths = fields_count(headers, "Content-Length");
	int codings = fields_count(headers, "Transfer-Encoding");
	struct framing f = {0};

	if (!host_is_sound(headers, version) || lengths + codings > 1)
		return refuse(400);
	if (lengths)
		f = read_length(fields_get(headers, "Content-Length"));
	else if (codings)
		f = read_chunked(fields_get(headers, "Transfer-Encoding"), version);
	else if (method != DELETE && !takes_no_body(method) &&
		 fields_get(headers, "Content-Type"))
		f = refuse(411);
	if (f.status == 0)
		f.status = check_extras(headers, f, method);
	return f;
}
