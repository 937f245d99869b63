// 읽는 데에는 없어도 되는 것들: 화면 색 바꾸기, 코드 복사, 제목의 주소, 목차의 현재 자리, 검색 열기.

const root = document.documentElement
const words = document.getElementById("site-script").dataset

function startThemeSwitch() {
  const button = document.getElementById("theme-switch")
  const system = matchMedia("(prefers-color-scheme: dark)")
  const isDark = () => (root.dataset.theme || (system.matches ? "dark" : "light")) === "dark"
  const show = () => button.setAttribute("aria-pressed", String(isDark()))

  button.addEventListener("click", () => {
    const wanted = isDark() ? "light" : "dark"
    // 컴퓨터의 설정과 같아지면 기억을 지워서 다시 설정을 따르게 한다.
    const follows = (wanted === "dark") === system.matches
    root.dataset.theme = follows ? "" : wanted
    try {
      if (follows) localStorage.removeItem("theme")
      else localStorage.setItem("theme", wanted)
    } catch {} // 저장이 막힌 브라우저에서는 이 쪽에서만 바뀐다.
    show()
  })
  system.addEventListener("change", show)
  show()
}

// 콘솔 블록에서는 프롬프트가 붙은 명령만, 프롬프트를 떼고 복사한다.
function copyableText(code) {
  const lines = [...code.querySelectorAll(".giallo-l")].map((line) =>
    [...line.childNodes].filter((node) => !node.classList?.contains("giallo-ln")).map((node) => node.textContent).join(""))
  const text = lines.length ? lines.join("\n") : code.textContent
  if (!/^(console|shell-?session)$/.test(code.dataset.lang || "")) return text
  const commands = text.split("\n").filter((line) => line.startsWith("$ ")).map((line) => line.slice(2))
  return commands.length ? commands.join("\n") : text
}

function addCopyButtons() {
  if (!navigator.clipboard) return
  for (const pre of document.querySelectorAll(".prose pre")) {
    const frame = document.createElement("div")
    frame.className = "code"
    const button = document.createElement("button")
    button.type = "button"
    button.className = "copy"
    button.textContent = words.copy
    button.addEventListener("click", async () => {
      await navigator.clipboard.writeText(copyableText(pre.querySelector("code") || pre))
      button.textContent = words.copied
      button.classList.add("done")
      setTimeout(() => {
        button.textContent = words.copy
        button.classList.remove("done")
      }, 1600)
    })
    pre.replaceWith(frame)
    frame.append(pre, button)
  }
}

// 옆으로 넘치는 코드는 키보드로도 넘겨 볼 수 있어야 한다.
function makeScrollersFocusable() {
  for (const pre of document.querySelectorAll("pre")) {
    if (pre.scrollWidth > pre.clientWidth) pre.tabIndex = 0
  }
}

function addHeadingLinks() {
  for (const heading of document.querySelectorAll(".prose > :is(h2, h3, h4)[id]")) {
    const link = document.createElement("a")
    link.className = "anchor"
    link.href = `#${heading.id}`
    link.textContent = "#"
    link.setAttribute("aria-label", words.heading)
    heading.append(link)
  }
}

function followHeadings() {
  const links = new Map([...document.querySelectorAll(".toc a")].map((link) => [link.hash.slice(1), link]))
  if (!links.size) return
  const watcher = new IntersectionObserver((entries) => {
    const reached = entries.filter((entry) => entry.isIntersecting)
    if (!reached.length) return
    for (const link of links.values()) link.removeAttribute("aria-current")
    links.get(reached[0].target.id).setAttribute("aria-current", "true")
  }, { rootMargin: "0px 0px -70% 0px" })
  for (const id of links.keys()) {
    const heading = document.getElementById(id)
    if (heading) watcher.observe(heading)
  }
}

function startSearch() {
  const dialog = document.getElementById("search")
  if (!dialog) return
  // 색인과 검색기는 처음 열 때에만 받는다.
  const open = async () => {
    if (dialog.open) return
    dialog.showModal()
    const { searchIn } = await import(dialog.dataset.script)
    searchIn(dialog)
  }
  document.getElementById("search-open").addEventListener("click", open)
  document.getElementById("search-close").addEventListener("click", () => dialog.close())
  dialog.addEventListener("click", (event) => {
    if (event.target === dialog) dialog.close()
  })
  addEventListener("keydown", (event) => {
    const typing = event.target.closest?.("input, textarea, select, [contenteditable]")
    if (event.key !== "/" || typing || event.ctrlKey || event.metaKey || event.altKey) return
    event.preventDefault()
    open()
  })
}

startThemeSwitch()
addCopyButtons()
makeScrollersFocusable()
addHeadingLinks()
followHeadings()
startSearch()
