// 검색 창: 색인(elasticlunr)을 불러와 낱말이 든 글을 찾고, 그 둘레를 보여 준다.

const BEFORE = 30
const AFTER = 90
const LIMIT = 10

let index
let started

function load(url) {
  return new Promise((resolve, reject) => {
    const script = document.createElement("script")
    script.src = url
    script.onload = resolve
    script.onerror = () => reject(new Error(url))
    document.head.append(script)
  })
}

// 색인은 낱말 앞뒤에서 한글과 라틴 글자가 아닌 것을 떼어 낸다. 찾는 낱말도 똑같이 다듬는다.
const trim = (token) => token.replace(/^[^\p{Script=Hangul}\p{Script=Latin}]+|[^\p{Script=Hangul}\p{Script=Latin}]+$/gu, "")
const keep = (token) => token

async function loadIndex({ engine, index: url }) {
  await load(engine)
  await load(url)
  const { elasticlunr, searchIndex } = window
  // 색인을 만들 때 쓴 한국어 단계들은 검색기에 들어 있지 않다. 어미는 떼지 않으므로 다듬기만 한다.
  for (const name of searchIndex.pipeline) {
    if (name in elasticlunr.Pipeline.registeredFunctions) continue
    elasticlunr.Pipeline.registerFunction(name.startsWith("trimmer") ? trim : keep, name)
  }
  return elasticlunr.Index.load(searchIndex)
}

// 색인은 앞부분이 같은 낱말을 찾아 주므로, 조사를 떼면 다른 조사가 붙은 자리도 나온다.
const PARTICLE = /(?<=[가-힣]{2})(에서|으로|부터|까지|에게|처럼|보다|[은는이가을를의에로와과도만])$/

function findTerms(query) {
  return query.toLowerCase().split(/[\s-]+/).map((word) => trim(word).replace(PARTICLE, "")).filter(Boolean)
}

function findPosts(terms) {
  if (!terms.length) return []
  const fields = { title: { boost: 3 }, body: { boost: 1 } }
  const found = index.search(terms.join(" "), { bool: "AND", expand: true, fields })
  // 첫 화면처럼 제목이 없는 쪽은 보여 줄 것이 없다.
  return found.filter(({ ref }) => index.documentStore.getDoc(ref).title)
}

function plainText(html) {
  const area = document.createElement("textarea")
  area.innerHTML = html
  return area.value.replace(/\s+/g, " ")
}

function excerpt(text, terms) {
  const box = document.createElement("span")
  const lower = text.toLowerCase()
  const term = terms.find((word) => lower.includes(word)) ?? ""
  const at = Math.max(0, lower.indexOf(term))
  const start = Math.max(0, at - BEFORE)
  const mark = document.createElement("mark")
  mark.textContent = text.slice(at, at + term.length)
  box.append(start ? "…" : "", text.slice(start, at), mark, text.slice(at + term.length, at + AFTER), "…")
  return box
}

function resultItem({ ref }, terms) {
  const { title, body } = index.documentStore.getDoc(ref)
  const link = document.createElement("a")
  link.href = new URL(ref).pathname
  link.append(title, excerpt(plainText(body), terms))
  const item = document.createElement("li")
  item.append(link)
  return item
}

function show(query) {
  const status = document.getElementById("search-status")
  const terms = findTerms(query)
  const posts = findPosts(terms)
  const items = posts.slice(0, LIMIT).map((post) => resultItem(post, terms))
  document.getElementById("search-results").replaceChildren(...items)
  if (!terms.length) status.textContent = ""
  else status.textContent = posts.length ? posts.length + status.dataset.some : status.dataset.none
}

async function start(dialog, input) {
  try {
    index = await loadIndex(dialog.dataset)
  } catch {
    const status = document.getElementById("search-status")
    status.textContent = status.dataset.failed
    started = undefined // 다음에 열 때 다시 받아 본다.
    return
  }
  input.addEventListener("input", () => show(input.value))
  show(input.value)
}

export function searchIn(dialog) {
  const input = document.getElementById("search-words")
  input.select()
  started ??= start(dialog, input)
}
