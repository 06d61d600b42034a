// SPDX-License-Identifier: AGPL-3.0-or-later
// A step that needs nobody to press its button: the way back from an identity provider.
document.querySelector('form[data-go-on]')?.requestSubmit()
