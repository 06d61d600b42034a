/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "base/log.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

static enum log_level threshold = LOG_INFO;

static const char *const level_names[] = {"debug", "info", "warning", "error"};

/* Writes text as the inside of a JSON string; cuts what does not fit. */
static size_t
quote(char *out, size_t room, const char *text)
{
	size_t n = 0;

	for (const unsigned char *p = (const unsigned char *)text; *p; p++) {
		if (n + 7 > room)
			break;
		if (*p == '"' || *p == '\\') {
			out[n++] = '\\';
			out[n++] = (char)*p;
		} else if (*p < 0x20) {
			n += (size_t)snprintf(out + n, room - n, "\\u%04x", *p);
		} else {
			out[n++] = (char)*p;
		}
	}
	return n;
}

/* One write(2) a line, so that lines of several threads do not mix. */
static void
write_line(enum log_level level, const char *format, va_list args)
{
	char message[1024];
	char line[2300];
	struct timespec now;
	struct tm utc;
	size_t n;
	ssize_t ignored;

	clock_gettime(CLOCK_REALTIME, &now);
	gmtime_r(&now.tv_sec, &utc);
	vsnprintf(message, sizeof message, format, args);
	n = strftime(line, sizeof line, "{\"time\":\"%Y-%m-%dT%H:%M:%S", &utc);
	n += (size_t)snprintf(line + n, sizeof line - n,
		".%03ldZ\",\"level\":\"%s\",\"message\":\"", now.tv_nsec / 1000000,
		level_names[level]);
	n += quote(line + n, sizeof line - n - 4, message);
	memcpy(line + n, "\"}\n", 3);
	ignored = write(STDERR_FILENO, line, n + 3);
	(void)ignored;
}

void
log_threshold(enum log_level least)
{
	threshold = least;
}

void
log_line(enum log_level level, const char *format, ...)
{
	va_list args;

	if (level < threshold)
		return;
	va_start(args, format);
	write_line(level, format, args);
	va_end(args);
}

void
log_fatal(const char *format, ...)
{
	va_list args;

	va_start(args, format);
	write_line(LOG_ERROR, format, args);
	va_end(args);
	abort();
}
