// SPDX-License-Identifier: AGPL-3.0-or-later
// Everything works without script; this makes it quicker.

// '/' goes to the search field, unless somebody is typing.
document.addEventListener('keydown', (event) => {
  const typing = event.target.closest('input, textarea, select, [contenteditable]')
  const field = document.getElementById('top-search')
  if (event.key === '/' && !typing && field) {
    event.preventDefault()
    field.focus()
  }
})
