/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef BASE_OUTCOME_H
#define BASE_OUTCOME_H

/*
 * How something ended. A function that can be refused returns one of these and the
 * caller must look. Refuse before you write. The user's mistakes (INVALID) are
 * noted as problems with a field and a message key; ours are logged once where
 * they are found and become FAULT.
 */
enum outcome {
	DONE,	  /* it happened */
	INVALID,  /* the input is wrong; the problems say where */
	MISSING,  /* no such thing, or none that you may know of */
	DENIED,	  /* you may know of it, but may not do this */
	CONFLICT, /* somebody else changed it first */
	LIMITED,  /* too much or too often; try later */
	FAULT,	  /* our failure; already logged */
};

#define must_check __attribute__((warn_unused_result))

#endif
