/**
 * Writes src/test/resources/vectors/typescript anew, from fresh randomness, in the form of the files beside it: what
 * this client makes, for others to open. After a change of the construction:
 *
 *     node src/test/js/run.mjs bundle && node target/js-test/writeVectors.mjs
 */
import { mkdirSync, writeFileSync } from "node:fs";
import { XWing } from "@hpke/hybridkem-x-wing";
import { seal } from "../../main/js/src/e2ee/aead.js";
import { Admission } from "../../main/js/src/e2ee/admission.js";
import { AUDIENCE } from "../../main/js/src/e2ee/audience.js";
import { fromBase64 } from "../../main/js/src/e2ee/base64.js";
import { Bundle } from "../../main/js/src/e2ee/bundle.js";
import { concat, int4, secureRandom, type Bytes } from "../../main/js/src/e2ee/bytes.js";
import { ChainKey } from "../../main/js/src/e2ee/chainKey.js";
import { Envelope, KIND } from "../../main/js/src/e2ee/envelope.js";
import { Handout } from "../../main/js/src/e2ee/handout.js";
import { Identity } from "../../main/js/src/e2ee/identity.js";
import { hkdf } from "../../main/js/src/e2ee/kdf.js";
import { LABEL } from "../../main/js/src/e2ee/label.js";
import { Padding } from "../../main/js/src/e2ee/padding.js";
import { PublishedKey } from "../../main/js/src/e2ee/publishedKey.js";
import { RoomSecret } from "../../main/js/src/e2ee/roomSecret.js";
import { SealedMessage } from "../../main/js/src/e2ee/sealedMessage.js";
import { SealedName } from "../../main/js/src/e2ee/sealedName.js";
import { SenderChain } from "../../main/js/src/e2ee/senderChain.js";
import { Speaker } from "../../main/js/src/e2ee/speaker.js";
import { RoomId } from "../../main/js/src/ids.js";
import { fixedRandom } from "./vectors.js";

const FOLDER = "src/test/resources/vectors/typescript";
const ROOM = RoomId.parse("ABCDEFGHIJKLMNOPQRSTUVWXYZ012345")!;
const TEXT = "Grüße, 世界 👋";

interface Seeds {
  readonly kem: Bytes;
  readonly sig: Bytes;
}

const alice = drawSeeds();
const bob = drawSeeds();
const secret = secureRandom(32);
const chainId = concat(int4(0), secureRandom(12));
const chainKey = secureRandom(32);

mkdirSync(FOLDER, { recursive: true });
await write("identity", identityVector());
await write("admission", admissionVector());
await write("names", namesVector());
await write("handout", handoutVector());
await write("message", messageVector());

async function identityVector(): Promise<object> {
  const { bundle } = await identityOf(alice);
  const encoded = bundle.encoded;
  const sigPublic = encoded.slice(1217, 1249);
  return {
    kem_seed: alice.kem,
    kem_public: bundle.kemKey,
    sig_seed: alice.sig,
    sig_public: sigPublic,
    signed: Bundle.signedPart(bundle.kemKey, sigPublic),
    sig: encoded.slice(1249),
    bundle: encoded,
    bundle_hash: bundle.hash.bytes,
  };
}

async function admissionVector(): Promise<object> {
  const { bundle } = await identityOf(alice);
  const room = new RoomSecret(secret.slice());
  const tag = await (await Admission.of(room)).tag(bundle.encoded);
  return {
    room_secret: secret,
    room_secret_text: room.toText(),
    k_admit: await room.derive(LABEL.ADMISSION),
    k_meta: await room.derive(LABEL.METADATA),
    bundle: bundle.encoded,
    tag,
    public_key: PublishedKey.toPem(bundle.encoded, tag),
  };
}

async function namesVector(): Promise<object> {
  const { hash } = (await identityOf(alice)).bundle;
  const room = new RoomSecret(secret.slice());
  const key = await room.derive(LABEL.METADATA);
  const names = await SealedName.of(room);
  const [userNonce, roomNonce] = [secureRandom(12), secureRandom(12)];
  const steps = async (name: string, nonce: Bytes, aad: Bytes) => {
    const padded = Padding.NAME.pad(name);
    return { name, padded, nonce, aad, ciphertext: await seal(key, nonce, aad, padded) };
  };
  return {
    k_meta: key,
    username: {
      bundle_hash: hash.bytes,
      ...(await steps("alice", userNonce, concat(LABEL.USERNAME, hash.bytes))),
      sealed: await names.sealUsername("alice", hash, fixedRandom(userNonce)),
    },
    room_name: {
      ...(await steps("Küchentisch", roomNonce, LABEL.ROOM_NAME)),
      sealed: await names.sealRoomName("Küchentisch", fixedRandom(roomNonce)),
    },
  };
}

async function handoutVector(): Promise<object> {
  const [sender, recipient] = [await identityOf(alice), (await identityOf(bob)).bundle];
  const encapsulationSeed = secureRandom(64);
  const speaker = new Speaker(ROOM, sender, fixedRandom(encapsulationSeed));
  const content = (await Handout.seal(speaker, recipient, AUDIENCE.ROOM, chain())).encode();
  const body = bodyOf(content);
  const kem = new XWing();
  const recipientPublicKey = await kem.importKey("raw", recipient.kemKey.buffer, true);
  const { sharedSecret } = await kem.encap({ recipientPublicKey, ekm: encapsulationSeed.slice().buffer });
  const header = Envelope.header(KIND.HANDOUT, AUDIENCE.ROOM);
  const aad = concat(speaker.origin, recipient.hash.bytes, header);
  return {
    room_id: ROOM,
    ...member("sender", alice, sender.bundle),
    ...member("recipient", bob, recipient),
    chain_id: chainId,
    index: 0,
    chain_key: chainKey,
    plaintext: concat(chainId, int4(0), chainKey),
    header,
    info: LABEL.HANDOUT,
    aad,
    encapsulation_seed: encapsulationSeed,
    enc: body.slice(0, 1120),
    shared_secret: new Uint8Array(sharedSecret),
    ciphertext: body.slice(1120, -64),
    signed: concat(LABEL.HANDOUT_SIGNATURE, aad, body.slice(0, -64)),
    sig: body.slice(-64),
    content,
  };
}

async function messageVector(): Promise<object> {
  const sender = await identityOf(alice);
  const speaker = new Speaker(ROOM, sender, fixedRandom());
  const padded = Padding.MESSAGE.pad(TEXT);
  const content = (await SealedMessage.seal(speaker, AUDIENCE.ROOM, chain(), padded)).encode();
  const body = bodyOf(content);
  const messageKey = await new ChainKey(chainKey.slice()).step();
  const keys = await hkdf(messageKey, LABEL.MESSAGE_KEY, 44);
  const header = Envelope.header(KIND.MESSAGE, AUDIENCE.ROOM);
  const place = concat(speaker.origin, header, chainId, int4(0));
  const ciphertext = body.slice(20, -64);
  return {
    room_id: ROOM,
    ...member("sender", alice, sender.bundle),
    chain_id: chainId,
    index: 0,
    chain_key: chainKey,
    message_key: messageKey,
    key: keys.slice(0, 32),
    nonce: keys.slice(32),
    text: TEXT,
    padded,
    header,
    aad: concat(LABEL.MESSAGE, place),
    ciphertext,
    signed: concat(LABEL.MESSAGE_SIGNATURE, place, ciphertext),
    sig: body.slice(-64),
    content,
  };
}

function member(who: string, seeds: Seeds, bundle: Bundle): object {
  return { [`${who}_kem_seed`]: seeds.kem, [`${who}_sig_seed`]: seeds.sig, [`${who}_bundle`]: bundle.encoded };
}

function drawSeeds(): Seeds {
  return { kem: secureRandom(32), sig: secureRandom(32) };
}

function identityOf({ kem, sig }: Seeds): Promise<Identity> {
  return Identity.of(kem.slice(), sig.slice());
}

function chain(): SenderChain {
  return SenderChain.start(0, fixedRandom(chainId.slice(4), chainKey));
}

function bodyOf(content: string): Bytes {
  return fromBase64(content, 40_000)!.slice(3);
}

async function write(name: string, vector: Promise<object>): Promise<void> {
  const asHex = (_key: string, value: unknown) =>
    value instanceof Uint8Array ? Buffer.from(value).toString("hex") : value;
  writeFileSync(`${FOLDER}/${name}.json`, `${JSON.stringify(await vector, asHex, 2)}\n`);
}
