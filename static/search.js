// 검색 창: 색인(elasticlunr)을 불러와 낱말이 든 글을 찾고, 그 둘레를 보여 준다.

const BEFORE = 30
const AFTER = 90
const LIMIT = 10

let index

function load(url) {
  return new Promise((resolve, reject) => {
    const script = document.createElement("script")
    script.src = url
    script.onload = resolve
    script.onerror = () => reject(new Error(url))
    document.head.append(script)
  })
}

const trim = (token) => token.replace(/^[^\p{L}\p{N}_]+|[^\p{L}\p{N}_]+$/gu, "")
const keep = (token) => token

async function loadIndex({ engine, index: url }) {
  await load(engine)
  await load(url)
  const { elasticlunr, searchIndex } = window
  // 색인을 만들 때 쓴 한국어 단계들은 검색기에 들어 있지 않다. 어미를 떼지 않으므로 다듬기만 하면 된다.
  for (const name of searchIndex.pipeline) {
    if (name in elasticlunr.Pipeline.registeredFunctions) continue
    elasticlunr.Pipeline.registerFunction(name.startsWith("trimmer") ? trim : keep, name)
  }
  return elasticlunr.Index.load(searchIndex)
}

function search(terms) {
  const options = { bool: "AND", expand: true, fields: { title: { boost: 3 }, body: { boost: 1 } } }
  return index.search(terms.join(" "), options)
}

// 앞부분이 같은 낱말을 찾는다. 없으면 조사가 붙은 것으로 보고 한글 낱말의 끝을 한 자씩 줄여 본다.
function findPosts(query) {
  let terms = query.toLowerCase().split(/\s+/).map(trim).filter(Boolean)
  for (let tries = 0; terms.length && tries < 3; tries += 1) {
    const found = search(terms)
    if (found.length) return { found, terms }
    terms = terms.map((term) => (/[가-힣]$/.test(term) && term.length > 2 ? term.slice(0, -1) : term))
  }
  return { found: [], terms }
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
  link.href = ref
  link.append(title, excerpt(plainText(body), terms))
  const item = document.createElement("li")
  item.append(link)
  return item
}

function show(query) {
  const status = document.getElementById("search-status")
  const list = document.getElementById("search-results")
  const { found, terms } = findPosts(query)
  // 첫 화면이나 목록 쪽은 제목이 없어 보여 줄 것이 없다.
  const posts = found.filter(({ ref }) => index.documentStore.getDoc(ref).title)
  list.replaceChildren(...posts.slice(0, LIMIT).map((result) => resultItem(result, terms)))
  if (!query.trim()) status.textContent = ""
  else status.textContent = posts.length ? posts.length + status.dataset.some : status.dataset.none
}

export async function searchIn(dialog) {
  const input = document.getElementById("search-words")
  input.select()
  if (index) return
  try {
    index = await loadIndex(dialog.dataset)
  } catch {
    document.getElementById("search-status").textContent = document.getElementById("search-status").dataset.failed
    return
  }
  input.addEventListener("input", () => show(input.value))
  show(input.value)
}
