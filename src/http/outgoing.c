/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "http/outgoing.h"

#include "base/buffer.h"

#include <ctype.h>
#include <curl/curl.h>
#include <netinet/in.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

enum { DEFAULT_MOST = 1024 * 1024, DEFAULT_SECONDS = 15, CONNECT_SECONDS = 5 };
enum { MOST_HEADERS = 100, LONGEST_HEADER = 8192, LONGEST_URL = 4096 };

/* One call on its way. */
struct errand {
	const struct outgoing *rules;
	struct arena *arena;
	struct buffer body;
	size_t most;
	struct outgoing_answer *got;
	bool refused; /* it led where we do not go */
};

static bool
may_reach(const struct outgoing *o, const unsigned char at[static 16])
{
	return network_is_public(at) || (o && network_has(&o->allowed, at));
}

static bool
address_of(const struct sockaddr *s, unsigned char at[static 16])
{
	struct sockaddr_in four;
	struct sockaddr_in6 six;

	if (s->sa_family == AF_INET) {
		memcpy(&four, s, sizeof four);
		return network_address(
			(struct bytes){(unsigned char *)&four.sin_addr, 4}, at);
	}
	if (s->sa_family != AF_INET6)
		return false;
	memcpy(&six, s, sizeof six);
	return network_address((struct bytes){(unsigned char *)&six.sin6_addr, 16}, at);
}

/* The last word: what curl is about to connect to, whatever the address said. */
static curl_socket_t
open_socket(void *context, curlsocktype purpose, struct curl_sockaddr *to)
{
	struct errand *e = context;
	unsigned char at[16];

	if (purpose != CURLSOCKTYPE_IPCXN || !address_of(&to->addr, at) ||
		!may_reach(e->rules, at)) {
		e->refused = true;
		return CURL_SOCKET_BAD;
	}
	return socket(to->family, to->socktype | SOCK_CLOEXEC, to->protocol);
}

static size_t
take_body(char *piece, size_t size, size_t n, void *context)
{
	struct errand *e = context;
	size_t length = size * n;
	size_t room = e->most - e->body.len;

	buffer_add(&e->body, piece, length < room ? length : room);
	if (length <= room)
		return length;
	e->got->cut = true;
	return 0;
}

static size_t
take_header(char *line, size_t size, size_t n, void *context)
{
	struct errand *e = context;
	struct bytes rest = {(unsigned char *)line, size * n};
	struct bytes name = bytes_cut(&rest, ':');
	char *small;

	if (rest.len == 0 || size * n > LONGEST_HEADER ||
		e->got->headers.count >= MOST_HEADERS)
		return size * n;
	small = arena_text(e->arena, name.at, name.len);
	for (char *c = small; *c; c++)
		*c = (char)tolower((unsigned char)*c);
	pairs_add(e->arena, &e->got->headers, small,
		bytes_text_lossy(e->arena, bytes_trim(rest)));
	return size * n;
}

static bool
is_one_line(const char *text)
{
	return text[strcspn(text, "\r\n")] == 0;
}

/* NULL when one cannot stand in a head. An empty value is sent as such. */
static bool
head_of(struct arena *a, const struct pairs *headers, struct curl_slist **list)
{
	/* curl would wait a second for "100 Continue" before a long body. */
	*list = curl_slist_append(NULL, "Expect:");
	for (int i = 0; i < headers->count; i++) {
		const struct pair *h = &headers->at[i];

		if (!is_one_line(h->name) || !is_one_line(h->value))
			return false;
		*list = curl_slist_append(
			*list, *h->value ? arena_printf(a, "%s: %s", h->name, h->value)
					 : arena_printf(a, "%s;", h->name));
	}
	return true;
}

/* curl's own reading of the address, which is the one that counts. */
static const char *
part_of(struct arena *a, CURLU *u, CURLUPart part)
{
	char *text = NULL;
	const char *copy = NULL;

	if (curl_url_get(u, part, &text, 0) == CURLUE_OK)
		copy = arena_copy(a, text);
	curl_free(text);
	return copy;
}

static bool
may_be_asked(const struct outgoing *o, struct arena *a, CURLU *u, const char *url)
{
	const char *scheme, *host;
	struct network n;

	if (!url || strlen(url) > LONGEST_URL ||
		curl_url_set(u, CURLUPART_URL, url, 0) != CURLUE_OK)
		return false;
	scheme = part_of(a, u, CURLUPART_SCHEME);
	host = part_of(a, u, CURLUPART_HOST);
	if (!scheme || !host ||
		(strcmp(scheme, "http") != 0 && strcmp(scheme, "https") != 0))
		return false;
	if (part_of(a, u, CURLUPART_USER) || part_of(a, u, CURLUPART_PASSWORD))
		return false;
	if (*host == '[')
		host = arena_text(a, host + 1, strcspn(host + 1, "]%"));
	return !network_read(host, &n) || may_reach(o, n.at);
}

bool
outgoing_may(const struct outgoing *o, struct arena *a, const char *url)
{
	CURLU *u = curl_url();
	bool may = u && may_be_asked(o, a, u, url);

	curl_url_cleanup(u);
	return may;
}

const char *
outgoing_onward(struct arena *a, const char *from, const char *location)
{
	CURLU *u = curl_url();
	const char *there = NULL;

	if (u && strlen(location) <= LONGEST_URL &&
		curl_url_set(u, CURLUPART_URL, from, 0) == CURLUE_OK &&
		curl_url_set(u, CURLUPART_URL, location, 0) == CURLUE_OK)
		there = part_of(a, u, CURLUPART_URL);
	curl_url_cleanup(u);
	return there;
}

static void
configure(CURL *curl, struct errand *e, const struct outgoing_call *c,
	struct curl_slist *headers)
{
	int seconds = c->seconds ? c->seconds : DEFAULT_SECONDS;

	curl_easy_setopt(curl, CURLOPT_URL, c->url);
	curl_easy_setopt(curl, CURLOPT_PROTOCOLS_STR, "http,https");
	curl_easy_setopt(curl, CURLOPT_SSLVERSION, (long)CURL_SSLVERSION_TLSv1_2);
	curl_easy_setopt(curl, CURLOPT_FOLLOWLOCATION, 0L);
	curl_easy_setopt(curl, CURLOPT_PROXY, "");
	curl_easy_setopt(curl, CURLOPT_NETRC, (long)CURL_NETRC_IGNORED);
	curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L);
	curl_easy_setopt(curl, CURLOPT_USERAGENT, "Portreeve/" PORTREEVE_VERSION);
	curl_easy_setopt(curl, CURLOPT_CONNECTTIMEOUT,
		(long)(seconds < CONNECT_SECONDS ? seconds : CONNECT_SECONDS));
	curl_easy_setopt(curl, CURLOPT_TIMEOUT, (long)seconds);
	curl_easy_setopt(curl, CURLOPT_OPENSOCKETFUNCTION, open_socket);
	curl_easy_setopt(curl, CURLOPT_OPENSOCKETDATA, e);
	curl_easy_setopt(curl, CURLOPT_WRITEFUNCTION, take_body);
	curl_easy_setopt(curl, CURLOPT_WRITEDATA, e);
	curl_easy_setopt(curl, CURLOPT_HEADERFUNCTION, take_header);
	curl_easy_setopt(curl, CURLOPT_HEADERDATA, e);
	curl_easy_setopt(curl, CURLOPT_HTTPHEADER, headers);
	if (strcmp(c->method, "GET") == 0)
		return;
	curl_easy_setopt(curl, CURLOPT_POST, 1L);
	curl_easy_setopt(curl, CURLOPT_POSTFIELDSIZE_LARGE, (curl_off_t)c->body.len);
	curl_easy_setopt(
		curl, CURLOPT_POSTFIELDS, c->body.len ? (const char *)c->body.at : "");
	curl_easy_setopt(curl, CURLOPT_CUSTOMREQUEST, c->method);
}

static enum outcome
perform(CURL *curl, struct errand *e)
{
	CURLcode code = curl_easy_perform(curl);
	struct outgoing_answer *got = e->got;
	long status = 0;

	curl_easy_getinfo(curl, CURLINFO_RESPONSE_CODE, &status);
	got->status = (int)status;
	got->body = buffer_bytes(&e->body);
	got->type = pairs_get(&got->headers, "content-type");
	if (!got->type)
		got->type = "";
	if (code == CURLE_OK || (code == CURLE_WRITE_ERROR && got->cut && status)) {
		got->problem = NULL;
		return DONE;
	}
	if (e->refused) {
		got->problem = "the address leads to a network that is not allowed";
		return DENIED;
	}
	got->problem = curl_easy_strerror(code);
	return FAULT;
}

enum outcome
outgoing_send(const struct outgoing *o, struct arena *a, const struct outgoing_call *c,
	struct outgoing_answer *got)
{
	struct errand e = {
		.rules = o,
		.arena = a,
		.body = buffer_in(a, 0),
		.most = c->most ? c->most : DEFAULT_MOST,
		.got = got,
	};
	struct curl_slist *headers = NULL;
	enum outcome end = FAULT;
	CURL *curl;

	*got = (struct outgoing_answer){.type = "", .problem = "libcurl cannot start"};
	if (!outgoing_may(o, a, c->url)) {
		got->problem = "the address cannot be asked";
		return INVALID;
	}
	curl = curl_easy_init();
	if (!curl)
		return FAULT;
	if (head_of(a, &c->headers, &headers)) {
		configure(curl, &e, c, headers);
		end = perform(curl, &e);
	} else {
		got->problem = "a header cannot be sent";
		end = INVALID;
	}
	curl_slist_free_all(headers);
	curl_easy_cleanup(curl);
	return end;
}
