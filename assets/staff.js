// SPDX-License-Identifier: AGPL-3.0-or-later
// Every page of the desk works without script; this makes it quicker.

// ---- Keys: '/' searches, j and k walk the rows, Ctrl+Enter sends what is being written.

const isTyping = (target) => target.closest('input, textarea, select, [contenteditable]')

function walkRows (step) {
  const rows = [...document.querySelectorAll('.row-link')]
  const here = rows.indexOf(document.activeElement)
  const next = rows[here < 0 ? 0 : here + step]
  if (next) next.focus()
}

document.addEventListener('keydown', (event) => {
  const form = event.target.form
  if (event.key === 'Enter' && (event.ctrlKey || event.metaKey) && form) {
    event.preventDefault()
    form.requestSubmit()
    return
  }
  if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return
  if (event.key === '/') {
    const field = document.getElementById('top-search')
    if (field) {
      event.preventDefault()
      field.focus()
    }
  } else if (event.key === 'j') {
    walkRows(1)
  } else if (event.key === 'k') {
    walkRows(-1)
  }
})

// ---- Live: when something changes that this page may show, the page is fetched again and
// its parts marked data-patch (each with an id) are put in the places of the old ones. A
// part in which somebody is writing stays as it is.

const SETTLE = 400 // milliseconds: changes come in bursts

const isBusy = (part) =>
  (part.contains(document.activeElement) && isTyping(document.activeElement)) ||
  [...part.querySelectorAll('textarea')].some((area) => area.value !== area.defaultValue)

async function refresh () {
  const answer = await fetch(location.href, { credentials: 'same-origin' })
  if (!answer.ok || answer.redirected) return
  const fresh = new DOMParser().parseFromString(await answer.text(), 'text/html')
  for (const part of document.querySelectorAll('[data-patch][id]')) {
    const other = fresh.getElementById(part.id)
    if (!other || other.outerHTML === part.outerHTML || isBusy(part)) continue
    const focused = part.contains(document.activeElement) && document.activeElement.getAttribute('href')
    const next = document.importNode(other, true)
    part.replaceWith(next)
    if (focused) next.querySelector(`[href="${CSS.escape(focused)}"]`)?.focus()
  }
}

const { live, liveAbout } = document.body.dataset
if (live) {
  let waiting = null
  let missed = false
  const soon = () => {
    if (document.hidden) {
      missed = true
    } else {
      clearTimeout(waiting)
      waiting = setTimeout(refresh, SETTLE)
    }
  }
  const stream = new EventSource(live)
  let opened = false
  stream.addEventListener('open', () => {
    if (opened) soon() // what happened while the line was down
    opened = true
  })
  stream.addEventListener('ticket', (event) => {
    if (!liveAbout || JSON.parse(event.data).reference === liveAbout) soon()
  })
  document.addEventListener('visibilitychange', () => {
    if (!document.hidden && missed) {
      missed = false
      soon()
    }
  })
}
