/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef RULE_FILETYPE_H
#define RULE_FILETYPE_H

/*
 * What a file is, found from its bytes; what its name and its sender say is not trusted.
 * Taken are pictures (JPEG, PNG, GIF, WebP, HEIC), documents (PDF, Word without macros,
 * OpenDocument text, plain text) and films (MP4, QuickTime).
 *
 * Sources: the WHATWG MIME Sniffing standard, ISO/IEC 14496-12 (file type boxes), ISO
 * 23008-12 (HEIF brands), PKWARE's APPNOTE (ZIP), ECMA-376 (Word), OASIS OpenDocument.
 */

#include "base/bytes.h"

/* The media type, "image/jpeg", or NULL for what is not taken. */
const char *filetype_of(struct bytes content);

/* The ending that goes with a media type of filetype_of: "jpg". */
const char *filetype_ending(const char *type);

/* For the `accept` of a file input: a hint to the browser, no check. */
#define FILETYPE_ACCEPT \
	".jpg,.jpeg,.png,.gif,.webp,.heic,.heif,.pdf,.txt,.docx,.odt,.mp4,.m4v,.mov"

#endif
