package io.resolute.client;

import io.resolute.protocol.ClientPacket.KeyKind;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;

/** The TypeScript client as a party. */
final class PuppetParty implements Party {
  private final Puppet puppet;
  private final String client;
  private final Map<String, Witness> told = new ConcurrentHashMap<>();

  /**
   * Connects.
   *
   * @param how the fields of the puppet's command
   */
  PuppetParty(Puppet puppet, JsonObject how) {
    this.puppet = puppet;
    client = puppet.newName();
    puppet.listen(client, this::tell);
    await("connect", how);
  }

  @Override
  public Seat create(String roomName, String username) {
    return seat("create", new JsonObject().put("name", roomName).put("username", username));
  }

  @Override
  public Seat join(String link, String username) {
    // Events may come before the answer, and are not those of an earlier stay.
    told.put(Invite.parse(link).room().value(), new Witness());
    return seat("join", new JsonObject().put("invite", link).put("username", username));
  }

  private Seat seat(String op, JsonObject fields) {
    JsonObject entered = await(op, fields);
    return new PuppetSeat(
        entered.getString("room"),
        entered.getString("userId"),
        entered.getString("name"),
        witness(entered.getString("room")));
  }

  @Override
  public void close() {
    await("disconnect", new JsonObject());
  }

  private CompletableFuture<JsonObject> ask(String op, JsonObject fields) {
    return puppet.ask(client, op, fields);
  }

  private JsonObject await(String op, JsonObject fields) {
    return JavaParty.await(ask(op, fields));
  }

  private Witness witness(String room) {
    return told.computeIfAbsent(room, unknown -> new Witness());
  }

  private void tell(JsonObject event) {
    if (event.containsKey("room")) {
      witness(event.getString("room")).tell(describe(event));
    }
  }

  private static String describe(JsonObject event) {
    String from =
        event
            .getJsonObject("from", event.getJsonObject("member", new JsonObject()))
            .getString("username");
    return switch (event.getString("event")) {
      case "message" ->
          from + (event.getBoolean("isPrivate") ? " to one: " : ": ") + event.getString("text");
      case "unreadable" -> from + " " + event.getString("why");
      case "missing" -> from + " misses " + event.getInteger("messages");
      case "memberJoined" -> from + " joined " + event.getJsonObject("member").getString("status");
      case "memberLeft" -> from + " left";
      case "roomClosed" -> "room " + constant(event.getString("reason"));
      default -> event.encode();
    };
  }

  private static String constant(String name) {
    return name.toUpperCase(Locale.ROOT).replace('-', '_');
  }

  private static List<Shown> shown(JsonArray members) {
    return members.stream()
        .map(JsonObject.class::cast)
        .map(
            one ->
                new Shown(one.getString("id"), one.getString("username"), one.getString("status")))
        .toList();
  }

  private static List<String> strings(JsonArray array) {
    return array.stream().map(String.class::cast).toList();
  }

  private final class PuppetSeat implements Seat {
    private final String room;
    private final String userId;
    private final String name;
    private final Witness told;

    PuppetSeat(String room, String userId, String name, Witness told) {
      this.room = room;
      this.userId = userId;
      this.name = name;
      this.told = told;
    }

    @Override
    public String room() {
      return room;
    }

    @Override
    public String userId() {
      return userId;
    }

    @Override
    public String name() {
      return name;
    }

    @Override
    public Witness told() {
      return told;
    }

    @Override
    public CompletableFuture<Sent> say(String text) {
      return ask("send", here().put("text", text)).thenApply(PuppetSeat::sent);
    }

    @Override
    public CompletableFuture<Sent> sayTo(String to, String text) {
      return ask("sendTo", here().put("to", to).put("text", text)).thenApply(PuppetSeat::sent);
    }

    @Override
    public Line lineTo(String to) {
      int held = await("hold", here().put("to", to)).getInteger("held");
      return text ->
          ask("sendTo", here().put("held", held).put("text", text)).thenApply(PuppetSeat::sent);
    }

    @Override
    public String invite(KeyKind kind) {
      String wanted = kind == KeyKind.ONE_TIME ? "one-time" : "forever";
      return await("invite", here().put("kind", wanted)).getString("invite");
    }

    @Override
    public void resetKeys() {
      await("reset", here());
    }

    @Override
    public void leave() {
      await("leave", here());
    }

    @Override
    public void end() {
      await("closeRoom", here());
    }

    @Override
    public List<Shown> members() {
      return shown(await("members", here()).getJsonArray("members"));
    }

    @Override
    public List<Shown> listed() {
      return shown(await("listMembers", here()).getJsonArray("members"));
    }

    @Override
    public String safetyNumber() {
      JsonObject number = await("safetyNumber", here());
      String signs = String.join("", strings(number.getJsonArray("signs")));
      return number.getString("digits") + " " + signs;
    }

    private JsonObject here() {
      return new JsonObject().put("room", room);
    }

    private static Sent sent(JsonObject result) {
      return new Sent(result.getInteger("recipients"), strings(result.getJsonArray("unreached")));
    }
  }
}
