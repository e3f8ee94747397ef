// One method of the comparison: node method.mjs NAME TERMS TEXT…. It prints a line of
// figures: seconds to load, then for every text its bytes, processor seconds and hits.
import { readFileSync } from 'node:fs'

const [name, termFile, ...textFiles] = process.argv.slice(2)
const terms = readFileSync(termFile, 'utf8').split('\n').filter(Boolean)
const seconds = () => { const u = process.cpuUsage(); return (u.user + u.system) / 1e6 }

const methods = {
  async 'node-rs-jieba' () {
    const { Jieba } = await import('@node-rs/jieba')
    const { dict } = await import('@node-rs/jieba/dict.js')
    const jieba = Jieba.withDict(dict)
    const listed = new Set(terms)
    return doc => {
      let n = 0
      for (const line of doc.split('\n')) for (const word of jieba.cut(line, false)) if (listed.has(word)) n++
      return n
    }
  },
  async 'mint-filter' () {
    const { default: loaded } = await import('mint-filter')
    const Mint = loaded.default ?? loaded
    const mint = new Mint(terms)
    return doc => mint.filter(doc, { replace: false }).words.length
  },
  async 'sensitive-word-tool' () {
    const { default: loaded } = await import('sensitive-word-tool')
    const Tool = loaded.default ?? loaded
    const tool = new Tool({ wordList: terms, noiseWords: '' })
    return doc => tool.match(doc).length
  },
}

const begun = seconds()
const method = await methods[name]()
const out = { load: seconds() - begun, texts: [] }
for (const file of textFiles) {
  const text = readFileSync(file, 'utf8')
  const docs = text.split('\f')
  for (let i = 0, until = Date.now() + 3000; i < docs.length && Date.now() < until; i++) method(docs[i]) // warm up
  const start = seconds()
  let hits = 0
  for (const doc of docs) hits += method(doc)
  out.texts.push({ bytes: Buffer.byteLength(text), seconds: seconds() - start, hits })
}
console.log(JSON.stringify(out))
