// Wechaty's own gateway over its mock, played from standard input.
//
//   node gateway.mjs --port 18788 --token secret [--ids] [--tls] [--bot bot]
//
// Each line in is a JSON object with `do` (see `ACTS`); rooms (`…@chatroom`) and people are made when they are
// first named. Each line out is a JSON object: what the bot sent and did, and `done` after each act.
import { createInterface } from 'node:readline'
import { parseArgs } from 'node:util'

process.env.WECHATY_LOG ??= 'silent' // before the libraries look at it

const { FileBox } = await import('file-box')
const { PuppetMock, mock } = await import('wechaty-puppet-mock')
const { PuppetServer } = await import('wechaty-puppet-service')

const { values: options } = parseArgs({
  options: {
    port: { type: 'string', default: '18788' },
    token: { type: 'string', default: 'secret' },
    bot: { type: 'string', default: 'bot' }, // the account the bot is logged in as
    ids: { type: 'boolean', default: false }, // return the ids of sent messages, as good puppets do
    tls: { type: 'boolean', default: false },
    'logged-out': { type: 'boolean', default: false },
  },
})

const write = line => process.stdout.write(JSON.stringify(line) + '\n')
const TEXT = 7
const RECALLED = 13
let serial = 0
let failing = 0 // sends that the gateway refuses
let doubtful = 0 // sends that go out though the gateway reports an error

class Puppet extends PuppetMock {
  friendships = new Map()
  invitations = new Map()

  async messageSendText (conversation, text, mentions) {
    return this.#send(conversation, text, { event: 'said', conversation, text, mentions: mentions ?? [] })
  }

  async messageSendFile (conversation, file) {
    const base64 = await file.toBase64()
    const line = { event: 'file', conversation, name: file.name, base64 }
    return this.#send(conversation, FileBox.fromBase64(base64, file.name), line)
  }

  async #send (conversation, something, line) {
    if (failing > 0) {
      failing -= 1
      throw new Error('told to fail')
    }
    const id = speak(options.bot, conversation, something)
    write({ ...line, id })
    if (doubtful > 0) {
      doubtful -= 1
      throw new Error('told to leave it in doubt')
    }
    return options.ids ? id : undefined
  }

  async messageImage (id) { return this.messageFile(id) }

  async contactRawPayload (id) { return person(id).payload }

  async friendshipRawPayload (id) { return this.friendships.get(id) }

  async friendshipAccept (id) { write({ event: 'accepted', what: 'friendship', id }) }

  async roomInvitationRawPayload (id) { return this.invitations.get(id) }

  async roomInvitationAccept (id) { write({ event: 'accepted', what: 'invitation', id }) }
}

const mocker = new mock.Mocker()
const puppet = new Puppet({ mocker })
puppet.on('error', () => {}) // an error event without a listener would end the process

function person (id, name) {
  if (!mocker.cacheContactPayload.has(id)) {
    mocker.createContact({ id, name: name ?? id, alias: '', friend: true, type: id.startsWith('gh_') ? 2 : 1 })
  }
  const found = mocker.ContactMock.load(id)
  if (name !== undefined) found.payload.name = name
  return found
}

function room (id, topic) {
  if (!mocker.cacheRoomPayload.has(id)) {
    mocker.createRoom({ id, topic: topic ?? id, memberIdList: [options.bot], ownerId: options.bot })
  }
  return mocker.RoomMock.load(id)
}

/** Let somebody say something in a room or to one person; return the message's id. */
function speak (who, conversation, something, more = {}) {
  const id = more.id ?? `m${process.pid}-${++serial}`
  const payload = { id, talkerId: person(who, more.name).id, timestamp: Date.now(), type: more.type ?? TEXT }
  if (typeof something === 'string') {
    payload.text = something
  } else {
    payload.type = /\.(png|jpe?g)$/.test(something.name) ? 6 : 1
    payload.filename = something.name
    mocker.cacheFileBoxPayload.set(id, something.toJSON())
  }
  if (conversation.includes('@')) {
    payload.roomId = room(conversation).id
    payload.mentionIdList = more.mentions ?? []
  } else {
    payload.listenerId = person(conversation).id
  }
  mocker.MessageMock.create(payload)
  puppet.emit('message', { messageId: id })
  return id
}

const ACTS = {
  say: ({ who, room: where, text, ...more }) => ({ id: speak(who, where ?? options.bot, text, more) }),
  picture: ({ who, room: where, base64, file, ...more }) =>
    ({ id: speak(who, where ?? options.bot, FileBox.fromBase64(base64, file ?? 'picture.png'), more) }),
  recall: ({ who, room: where, message }) =>
    ({ id: speak(who, where ?? options.bot, message, { type: RECALLED }) }),
  join: ({ room: where, people, by }) => room(where).add(...people.map(id => person(id))).by(person(by)),
  leave: ({ room: where, people, by }) => room(where).remove(...people.map(id => person(id))).by(person(by)),
  topic: ({ room: where, topic, by }) => room(where).topic(topic).by(person(by)),
  befriend: ({ id, who, hello, kind }) => {
    puppet.friendships.set(id, { id, contactId: person(who).id, hello, type: kind ?? 2, timestamp: Date.now() })
    puppet.emit('friendship', { friendshipId: id })
  },
  invite: ({ id, who, topic }) => {
    const invitation = { id, inviterId: person(who).id, topic, memberCount: 3, memberIdList: [], avatar: '' }
    puppet.invitations.set(id, { ...invitation, invitation: '', receiverId: options.bot, timestamp: Date.now() })
    puppet.emit('room-invite', { roomInvitationId: id })
  },
  burst: ({ rooms, count }) => {
    for (let n = 0; n < count; n++) speak(`p${n}`, `room${n % rooms}@chatroom`, `第${n}条`)
  },
  name: ({ who, name }) => { person(who, name) },
  login: async () => { if (!puppet.isLoggedIn) await puppet.login(options.bot) },
  logout: ({ why }) => puppet.logout(why),
  scan: ({ code }) => mocker.scan(code),
  error: ({ data }) => { puppet.emit('error', { data }) },
  dirty: ({ kind, id }) => puppet.dirtyPayload(kind, id),
  fail: ({ count }) => { failing = count },
  doubt: ({ count }) => { doubtful = count },
  stop: async () => { await server.stop(); process.exit(0) },
}

const server = new PuppetServer({
  endpoint: `127.0.0.1:${options.port}`,
  puppet,
  token: options.token,
  tls: { disable: !options.tls },
})
person(options.bot, '哨子')
await server.start()
await puppet.start()
if (!options['logged-out']) await puppet.login(options.bot)
process.on('SIGTERM', ACTS.stop)
write({ event: 'ready', port: Number(options.port) })

for await (const line of createInterface({ input: process.stdin })) {
  const act = JSON.parse(line)
  try {
    write({ event: 'done', do: act.do, ...await ACTS[act.do](act) })
  } catch (error) {
    write({ event: 'failed', do: act.do, why: String(error) })
  }
}
await ACTS.stop()
