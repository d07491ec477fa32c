import { ResoluteClient, type ClientRoom, type Invite } from "../src/index.js";
import type { Conversation } from "./conversation.js";
import { openDialog, prepareDialogs } from "./dialogs.js";
import { announce, byId } from "./dom.js";
import { DoorViews, dropFragment, inviteInAddress } from "./doors.js";
import { RoomView } from "./roomView.js";
import { Title } from "./title.js";
import { followKeyboard } from "./viewport.js";

const SERVER = `wss://${location.host}/v1`;

const title = new Title();
const doors: DoorViews = new DoorViews({
  create: (username, roomName) =>
    enter(username, undefined, (client, conversation) => client.createRoom(roomName, username, conversation)),
  join: (invite, username) =>
    enter(username, invite, (client, conversation) => client.join(invite, username, conversation)),
  outside: (place) => title.set(place),
});
const roomView = new RoomView(title, {
  start: () => doors.showStart(),
  invite: (invite) => doors.showInvite(invite),
});

type Entrance = (client: ResoluteClient, conversation: Conversation) => Promise<ClientRoom>;

async function enter(username: string, invite: Invite | undefined, through: Entrance): Promise<void> {
  const conversation = roomView.expect(username);
  const client = await ResoluteClient.connect(SERVER, { listener: conversation });
  try {
    const room = await through(client, conversation);
    if (roomView.isShown) {
      // Somebody tried two ways in at once, and the other was open sooner.
      client.close();
      return;
    }
    // The key is used, and the secret is no business of who looks at the address bar.
    dropFragment();
    roomView.enter({ client, room, conversation, invite });
  } catch (error) {
    client.close();
    throw error;
  }
}

/** Somebody has changed the address while the page was open: pasted another invite, most likely. */
function addressChanged(): void {
  if (!roomView.isShown) {
    doors.showAddress();
    return;
  }
  try {
    byId<HTMLAnchorElement>("other-open").href = inviteInAddress().toLink();
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
doors.showAddress();
