// A relay of version 1 of the protocol as one would write it in an afternoon with Node's `ws`: what scripts/bench
// measures the server beside. No limits, no rates, no bus; what clients of the bench use is here, and right.
//   node relay.mjs CERTIFICATE KEY [FAULT [FILE]]
// FAULT makes it wrong on purpose, so that the bench can be seen to notice; see `faults`.
import { randomBytes } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:https';
import { createRequire } from 'node:module';

const { WebSocketServer } = createRequire(new URL('../../../main/js/package.json', import.meta.url))('ws');

const [certificate, key, fault, file] = process.argv.slice(2);
const rooms = new Map();

const newId = () => randomBytes(24).toString('base64url').replace(/[-_]/g, 'x');

class Refusal extends Error {}

// Every tenth delivery is not as it should be.
let deliveries = 0;
let connections = 0;
let held;
let stalled = false;
let begun;
const LATE_MILLIS = 100;
const STALL_AFTER_MILLIS = 400;
const STALL_MILLIS = 500;

function twice(to, frame) {
  to.socket.send(frame);
  to.socket.send(frame);
}

const faults = {
  lose: () => {},
  repeat: twice,
  // Where somebody has come in with a one-time key.
  'repeat-to-guests': (to, frame, room) => (room.hadGuest ? twice(to, frame) : to.socket.send(frame)),
  'repeat-late': (to, frame) => {
    to.socket.send(frame);
    setTimeout(() => to.socket.send(frame), LATE_MILLIS);
  },
  damage: (to, frame) => to.socket.send(frame.replace(/[g-z]("}})$/, '0$1')),
  cut: (to, frame) => to.socket.send(frame.replace(/.("}})$/, '$1')),
  'swap-sender': (to, frame) => to.socket.send(frame.replace(/"user_id":"[^"]+"/, `"user_id":"${to.id}"`)),
  misdirect: (to, frame, room) => [...room.members.values()].find((member) => member !== to).socket.send(frame),
  'also-to-a-stranger': (to, frame, room) => {
    to.socket.send(frame);
    const other = [...rooms.values()].find((candidate) => candidate !== room);
    other?.members.values().next().value.socket.send(frame);
  },
  overtake: (to, frame) => {
    held = { to, frame };
  },
  'stranger-room': (to, frame) => to.socket.send(frame.replace(/"room_id":"[^"]+"/, `"room_id":"${newId()}"`)),
  // Right, and once slow, in the midst of what is measured.
  stall: (to, frame) => {
    if (!stalled && performance.now() - begun > STALL_AFTER_MILLIS) {
      stalled = true;
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, STALL_MILLIS);
    }
    to.socket.send(frame);
  },
  // Right; FILE says how many have connected.
  count: (to, frame) => to.socket.send(frame),
  // Right, but to those who resume a TLS session.
  resumed: (to, frame) => to.socket.send(frame),
};

// The same of answers to messages.
const answerFaults = {
  unanswered: () => {},
  // None at all.
  'never-answered': () => {},
  'answered-twice': (socket, frame) => {
    socket.send(frame);
    socket.send(frame);
  },
  miscounted: (socket, frame) => socket.send(frame.replace(/"recipients":\d+/, '"recipients":9')),
};
let answers = 0;

function answer(socket, reply) {
  const frame = JSON.stringify(reply);
  const isDue = fault === 'never-answered' || ++answers % 10 === 0;
  if (fault in answerFaults && reply.cmd === 'message-sent' && isDue) {
    answerFaults[fault](socket, frame);
  } else {
    socket.send(frame);
  }
}

function deliver(to, frame, room) {
  to.socket.send(frame);
}

function deliverWrongly(to, frame, room) {
  begun ??= performance.now();
  if (++deliveries % 10 === 0) {
    faults[fault](to, frame, room);
    return;
  }
  to.socket.send(frame);
  if (held?.to === to) {
    to.socket.send(held.frame);
    held = undefined;
  }
}

// Refuses every tenth message.
const REFUSE = 'refuse';

const known = { ...faults, ...answerFaults, [REFUSE]: undefined };
if (fault !== undefined && !(fault in known)) {
  throw new Error(`no such fault: ${fault}; there are ${Object.keys(known).join(', ')}`);
}
const pass = fault in faults ? deliverWrongly : deliver;

function roomOf(user, data) {
  const room = rooms.get(data.room_id);
  if (!room?.members.has(user.id)) {
    throw new Refusal('not-found');
  }
  return room;
}

function owned(user, data) {
  const room = roomOf(user, data);
  if (room.owner !== user.id) {
    throw new Refusal('forbidden');
  }
  return room;
}

function enter(user, room, name, publicKey) {
  room.members.set(user.id, { id: user.id, socket: user.socket, name, publicKey });
  user.rooms.add(room);
}

function join(kind) {
  return (user, data) => {
    const room = rooms.get(data.room_id);
    const fits = kind === 'forever' ? room?.forever === data.forever_key : room?.oneTime.delete(data.one_time_key);
    if (!fits) {
      throw new Refusal('bad-key');
    }
    const users = [...room.members.values()].map((member) => ({
      user_id: member.id,
      username: member.name,
      public_key_string: member.publicKey,
    }));
    const event = JSON.stringify({
      cmd: `user-joined-${kind}`,
      data: {
        room_id: room.id,
        room_name: room.name,
        user_id: user.id,
        username: data.username,
        public_key: data.public_key,
      },
    });
    for (const member of room.members.values()) {
      member.socket.send(event);
    }
    enter(user, room, data.username, data.public_key);
    room.hadGuest ||= kind === 'onetime';
    return { cmd: 'joined', data: { user_id: user.id, room_id: room.id, room_name: room.name, users } };
  };
}

const commands = {
  'create-room': (user, data) => {
    const room = { id: newId(), name: data.name, owner: user.id, forever: newId(), oneTime: new Set(), members: new Map() };
    rooms.set(room.id, room);
    enter(user, room, data.username, data.public_key_string);
    return {
      cmd: 'create-room',
      room: {
        room_id: room.id,
        owner_id: user.id,
        name: room.name,
        one_time_join_keys: [],
        forever_join_key: '',
        users: {},
      },
      client_room_id: data.client_room_id,
    };
  },
  'room-key-onetime': (user, data) => {
    const room = owned(user, data);
    const oneTime = newId();
    room.oneTime.add(oneTime);
    return { cmd: 'room-key-onetime', data: { room_id: room.id, one_time_key: oneTime } };
  },
  'room-key-forever': (user, data) => {
    const room = owned(user, data);
    return { cmd: 'room-key-forever', data: { room_id: room.id, forever_join_key: room.forever } };
  },
  'join-room-onetime': join('onetime'),
  'join-room-forever': join('forever'),
  'send-message': (user, data, id) => {
    const room = roomOf(user, data);
    if (fault === REFUSE && ++deliveries % 10 === 0) {
      throw new Refusal('unavailable');
    }
    const event = JSON.stringify({
      cmd: 'send-message',
      data: {
        room_id: room.id,
        user_id: user.id,
        username: room.members.get(user.id).name,
        content: data.content,
      },
    });
    let recipients = 0;
    const to = data.to_user_id;
    for (const member of to === undefined ? room.members.values() : [room.members.get(to)]) {
      if (member === undefined) {
        throw new Refusal('not-found');
      }
      if (member.id !== user.id) {
        recipients++;
        pass(member, event, room);
      }
    }
    return id === undefined ? undefined : { cmd: 'message-sent', data: { room_id: room.id, recipients } };
  },
};

function leave(user) {
  for (const room of user.rooms) {
    const closes = room.owner === user.id;
    room.members.delete(user.id);
    const event = JSON.stringify(
      closes
        ? { cmd: 'room-closed', data: { room_id: room.id, reason: 'owner-left' } }
        : { cmd: 'user-left', data: { room_id: room.id, user_id: user.id, reason: 'disconnected' } },
    );
    for (const member of room.members.values()) {
      member.socket.send(event);
    }
    if (closes) {
      rooms.delete(room.id);
    }
  }
}

const server = createServer({ cert: readFileSync(certificate), key: readFileSync(key), minVersion: 'TLSv1.2' });
if (fault === 'resumed') {
  server.on('secureConnection', (socket) => socket.isSessionReused() && socket.destroy());
}
new WebSocketServer({ server, perMessageDeflate: false, maxPayload: 65536 }).on('connection', (socket) => {
  connections++;
  if (fault === 'count') {
    writeFileSync(file, String(connections));
  }
  const user = { id: newId(), socket, rooms: new Set() };
  socket.on('message', (bytes) => {
    const { cmd, id, data } = JSON.parse(bytes);
    try {
      const reply = commands[cmd](user, data, id);
      if (reply !== undefined) {
        answer(socket, { ...reply, id });
      }
    } catch (e) {
      if (!(e instanceof Refusal)) {
        throw e;
      }
      socket.send(JSON.stringify({ cmd: `${cmd}-error`, id, data: { code: e.message, msg: e.message } }));
    }
  });
  socket.on('close', () => leave(user));
});
server.listen(0, '127.0.0.1', () => console.log(`Listening on wss://localhost:${server.address().port}/v1`));
