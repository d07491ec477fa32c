import { ResoluteClient, type ClientRoom, type Invite } from "../src/index.js";
import { isForeign, type Conversation } from "./conversation.js";
import { openDialog, prepareDialogs } from "./dialogs.js";
import { announce, byId } from "./dom.js";
import { DoorViews, dropFragment, inviteInAddress } from "./doors.js";
import { followNetwork } from "./network.js";
import { RoomView } from "./roomView.js";
import { Title } from "./title.js";
import { followKeyboard } from "./viewport.js";
import { AFTERWARDS } from "./words.js";

const SERVER = `wss://${location.host}/v1`;

const title = new Title();
const doors: DoorViews = new DoorViews({
  create: (username, roomName, signal) =>
    enter(username, undefined, signal, (client, conversation) => client.createRoom(roomName, username, conversation)),
  join: (invite, username, signal) =>
    enter(username, invite, signal, (client, conversation) => client.join(invite, username, conversation)),
  outside: (place) => title.set(place),
});
const roomView = new RoomView(title, {
  start: (notice, username) => doors.showStart(notice, username),
  invite: (invite) => doors.showInvite(invite),
});

type Entrance = (client: ResoluteClient, conversation: Conversation) => Promise<ClientRoom>;

async function enter(
  username: string,
  invite: Invite | undefined,
  signal: AbortSignal,
  through: Entrance,
): Promise<void> {
  const conversation = roomView.expect(username);
  const client = await ResoluteClient.connect(SERVER, { listener: conversation });
  try {
    // Before anything is sent that would use the invite up.
    signal.throwIfAborted();
    const room = await through(client, conversation);
    if (signal.aborted) {
      turnBack(client, room);
      return;
    }
    // The key is used, and the secret is no business of who looks at the address bar.
    dropFragment();
    if (invite !== undefined && isForeign(room)) {
      turnBack(client, room);
      doors.showForeign(invite.kind);
      return;
    }
    roomView.enter({ client, room, conversation, invite });
  } catch (error) {
    client.close();
    throw error;
  }
}

/** Leaves a room that nobody wants to be in, so that those who are there see it. */
function turnBack(client: ResoluteClient, room: ClientRoom): void {
  // Closing the connection has the same effect, if the server does not play its part.
  room.leave().catch(() => undefined);
  client.close();
}

/** Somebody has changed the address while the page was open: pasted another invite, most likely. */
function addressChanged(): void {
  if (!roomView.isShown) {
    doors.showAddress();
    return;
  }
  try {
    const invite = inviteInAddress();
    const isHere = roomView.shows(invite.room) && roomView.isOpen;
    byId("other-title").textContent = isHere
      ? "You are in this room already."
      : roomView.shows(invite.room)
        ? "That is an invite to this room, where you are not any more."
        : "That is an invite to another room.";
    byId("other-open").hidden = isHere;
    byId<HTMLAnchorElement>("other-open").href = invite.toLink();
    openDialog("other-dialog");
  } catch {
    announce("What is in the address bar is not an invite.");
  }
  dropFragment();
}

byId("other-dialog").addEventListener("close", () => byId("other-open").removeAttribute("href"));
byId("other-open").addEventListener("click", () => setTimeout(() => byId<HTMLDialogElement>("other-dialog").close()));
addEventListener("hashchange", addressChanged);
addEventListener("beforeunload", (event) => {
  if (roomView.isOpen) {
    event.preventDefault();
  }
});
prepareDialogs();
followKeyboard();
followNetwork();
doors.showAddress(hasComeBack() ? AFTERWARDS.reloaded : "");

/** Whether the page was loaded again, or come back to: if it was in a room before, it does not know. */
function hasComeBack(): boolean {
  const [how] = performance.getEntriesByType("navigation") as PerformanceNavigationTiming[];
  return how !== undefined && (how.type === "reload" || how.type === "back_forward");
}
