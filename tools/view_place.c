/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* What may be printed in the place the compiler is at, and how. */
#include "view.h"

#include "format/html.h"

#include <string.h>
#include <strings.h>

void
view_check_prefix(struct view *v)
{
	if (v->place.url == URL_NO || v->prefix.len == 0)
		return;
	if (memchr(v->prefix.at, ' ', v->prefix.len) ||
		!html_url_allowed(buffer_text(&v->prefix)))
		view_wrong(v,
			"the address \"%s\" is not http, https, mailto, tel or local",
			buffer_text(&v->prefix));
}

/* In the host of an address: behind "scheme://" and before the next '/'. */
static bool
in_host(const struct view *v)
{
	const char *host = strstr(buffer_text(&v->prefix), "://");

	return host && !strchr(host + 3, '/');
}

static const char *
address_printer(struct view *v)
{
	const char *prefix = buffer_text(&v->prefix);

	if (strcmp(v->tag, "base") == 0 || strcmp(v->tag, "script") == 0 ||
		strcmp(v->tag, "iframe") == 0 || strcmp(v->tag, "object") == 0 ||
		strcmp(v->tag, "embed") == 0) {
		view_wrong(v, "no value may stand in an address of <%s>", v->tag);
		return NULL;
	}
	switch (v->place.url) {
	case URL_START: v->place.url = URL_WHOLE; return "PRINT_URL";
	case URL_WHOLE: view_wrong(v, "an address behind a whole address"); return NULL;
	case URL_MIXED:
		view_wrong(
			v, "the branches before differ: write a whole address in each");
		return NULL;
	case URL_QUERY: return "PRINT_QUERY";
	default:
		view_check_prefix(v);
		if (in_host(v))
			view_wrong(v, "no value may stand in the host of an address");
		if (strncasecmp(prefix, "mailto:", 7) == 0 ||
			strncasecmp(prefix, "tel:", 4) == 0)
			return "PRINT_ADDRESS";
		return "PRINT_SEGMENT";
	}
}

const char *
view_printer(struct view *v)
{
	const char *printer;

	if (v->place.state == STATE_PLAIN)
		return "PRINT_PLAIN";
	if (v->place.state == STATE_TEXT)
		return view_only_text(v) ? "PRINT_ATTRIBUTE" : "PRINT_TEXT";
	if (v->place.state == STATE_TAG) {
		view_wrong(
			v, "a value wants quotes; it cannot be a name of an attribute");
		return NULL;
	}
	v->valued = true;
	if (v->equiv || strstr(v->attribute, "srcset") || strcmp(v->tag, "set") == 0 ||
		strncmp(v->tag, "animate", 7) == 0) {
		view_wrong(v, "no value may stand in the attribute %s of <%s>",
			v->attribute, v->tag);
		return NULL;
	}
	if (v->place.url == URL_NO)
		return "PRINT_ATTRIBUTE";
	printer = address_printer(v);
	buffer_char(&v->prefix, 'x'); /* what is printed, as far as the rest cares */
	return printer;
}

const char *
view_speaker(struct view *v)
{
	if (v->place.state == STATE_VALUE && v->place.url != URL_NO) {
		view_wrong(v, "a message is no address");
		return NULL;
	}
	if (!view_printer(v))
		return NULL;
	if (v->place.state == STATE_PLAIN)
		return "words_say";
	return v->place.state == STATE_TEXT && !view_only_text(v) ? "words_say_html"
								  : "words_say_attribute";
}
