// SPDX-License-Identifier: AGPL-3.0-or-later
// Somebody has clicked a score in a letter: send it without a second click. Not for
// programs that open links in the background to look at them.
const form = document.querySelector('form[data-at-once]')

if (form && document.visibilityState === 'visible' && !navigator.webdriver) {
	form.requestSubmit()
}
