/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef FORMAT_AUTHENTICATOR_H
#define FORMAT_AUTHENTICATOR_H

/*
 * What a WebAuthn authenticator says (W3C Web Authentication Level 2, sections 6.1, 6.5;
 * COSE keys: RFC 9053). All of it is pure and takes what a stranger sent: fuzzed.
 */

#include "format/cbor.h"
#include "format/signature.h"

enum {
	AUTHENTICATOR_PRESENT = 1,  /* somebody touched it */
	AUTHENTICATOR_VERIFIED = 4, /* and it knows that it was its owner */
	AUTHENTICATOR_BACKUP_ELIGIBLE = 8,
	AUTHENTICATOR_BACKED_UP = 16,
	AUTHENTICATOR_ATTESTED = 64,
	AUTHENTICATOR_EXTENSIONS = 128,

	AUTHENTICATOR_LONGEST_ID = 1023,
};

struct authenticator_data {
	struct bytes site; /* SHA-256 of the relying party's id, 32 bytes */
	unsigned flags;
	uint32_t count;
	/* with AUTHENTICATOR_ATTESTED */
	struct bytes id, cose; /* of the credential; its key as it was written */
	struct signature_key key;
};

/* False when it is not exactly one of these, or the key is not of a kind we verify. */
bool authenticator_read(struct arena *a, struct bytes in, struct authenticator_data *d);

/* The authenticator data inside of an attestation object; attestation "none" alone is
 * taken. False otherwise. */
bool authenticator_attestation(struct arena *a, struct bytes in, struct bytes *data);

/* A key in COSE: ES256 on P-256, EdDSA on Ed25519, RS256. The whole of `in`. */
bool authenticator_key(struct arena *a, struct bytes in, struct signature_key *k);

#endif
