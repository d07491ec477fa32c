package io.resolute.client.e2ee;

import static org.assertj.core.api.Assertions.assertThat;

import io.resolute.client.e2ee.Cast.Member;
import io.resolute.protocol.UserId;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What happens to bob, whose server does what it likes with what alice and carol say, and beside it
 * what bob may make of that.
 */
final class HostileCourse {
  private static final Cast CAST = new Cast();
  private static final List<Member> OTHERS = List.of(CAST.alice, CAST.carol);
  private static final int LONGEST_CONTENT = 44_000;

  /** Something that was sent, and by whom. */
  private record Wire(Member from, Sealed part, String text) {}

  private final SealedRoom bob = CAST.bob.enter();
  private final List<SealedRoom> others = new ArrayList<>();
  private final List<Wire> wire = new ArrayList<>();
  private final Map<UserId, Member> present = new HashMap<>();
  private final Set<Member> seen = new HashSet<>();
  private final Set<String> read = new HashSet<>();
  private final Set<UserId> haveKeyOfAll = new HashSet<>();
  private final Set<UserId> haveKeyOfOne = new HashSet<>();
  private int said;

  HostileCourse() {
    for (Member other : OTHERS) {
      SealedRoom room = other.enter();
      room.admit(CAST.bob.id, CAST.bob.publicKey);
      others.add(room);
    }
  }

  private static Member other(int index) {
    return OTHERS.get(index % OTHERS.size());
  }

  /** The server tells bob of a member, with its key or with one that it has changed. */
  void admit(int id, int whose, int place, int change) {
    UserId as = other(id).id;
    Member member = other(whose);
    String key = changed(member.publicKey, place, change);
    Member before = present.get(as);
    boolean known = member.equals(before);
    PeerStatus status = bob.admit(as, key);
    if (key.equals(member.publicKey)) {
      boolean admitted = known || !seen.contains(member);
      assertThat(status).isEqualTo(admitted ? PeerStatus.VERIFIED : PeerStatus.REPEATED_KEY);
    } else if (!known) {
      assertThat(status).isNotEqualTo(PeerStatus.VERIFIED);
    }
    if (before != null && !(known && status == PeerStatus.VERIFIED)) {
      hasLeft(as);
    }
    if (status == PeerStatus.VERIFIED) {
      present.put(as, member);
      seen.add(member);
    } else {
      present.remove(as);
    }
  }

  void remove(int id) {
    if (present.containsKey(other(id).id)) {
      hasLeft(other(id).id);
    }
    bob.remove(other(id).id);
  }

  /** Whoever leaves must not be able to read on: bob begins a new chain for those who stay. */
  private void hasLeft(UserId id) {
    present.remove(id);
    haveKeyOfAll.clear();
    haveKeyOfOne.remove(id);
  }

  void say(int who) {
    String text = "text " + said++;
    send(who, text, others.get(who % OTHERS.size()).sealForAll(text));
  }

  void sayToOne(int who) {
    String text = "text " + said++;
    send(who, text, others.get(who % OTHERS.size()).sealFor(CAST.bob.id, text));
  }

  private void send(int who, String text, List<Sealed> sent) {
    sent.forEach(part -> wire.add(new Wire(other(who), part, text)));
  }

  void renew(int who) {
    others.get(who % OTHERS.size()).renew();
  }

  /** The server delivers something that was sent, maybe changed, in the name of some member. */
  void open(int which, int id, int place, int change) {
    if (wire.isEmpty()) {
      return;
    }
    Wire sent = wire.get(which % wire.size());
    String content = changed(sent.part().content(), place, change);
    Opened opened = bob.open(other(id).id, content);
    if (opened instanceof Opened.Rejected) {
      return;
    }
    assertThat(content).as("what is taken").isEqualTo(sent.part().content());
    assertThat(present.get(other(id).id)).as("who said it").isEqualTo(sent.from());
    assertThat(opened instanceof Opened.Text).isEqualTo(sent.part().isText());
    if (opened instanceof Opened.Text text) {
      assertThat(text.text()).isEqualTo(sent.text());
      assertThat(read.add(text.text())).as("read for the first time").isTrue();
    }
  }

  void answer() {
    List<Sealed> sent = bob.sealForAll("answer");
    assertThat(sent.isEmpty()).isEqualTo(present.isEmpty());
    assertGoesToThosePresent(sent);
    assertThatKeysGoTo(without(present.keySet(), haveKeyOfAll), sent);
    haveKeyOfAll.addAll(present.keySet());
  }

  void answerOne(int id) {
    List<Sealed> sent = bob.sealFor(other(id).id, "answer");
    assertThat(sent.isEmpty()).isEqualTo(!present.containsKey(other(id).id));
    assertGoesToThosePresent(sent);
    Set<UserId> to = new HashSet<>(present.keySet());
    to.retainAll(Set.of(other(id).id));
    assertThatKeysGoTo(without(to, haveKeyOfOne), sent);
    haveKeyOfOne.addAll(to);
  }

  private static Set<UserId> without(Set<UserId> all, Set<UserId> some) {
    Set<UserId> rest = new HashSet<>(all);
    rest.removeAll(some);
    return rest;
  }

  private static void assertThatKeysGoTo(Set<UserId> members, List<Sealed> sent) {
    assertThat(sent.stream().filter(part -> !part.isText()).map(Sealed::to))
        .containsExactlyInAnyOrderElementsOf(members);
  }

  private void assertGoesToThosePresent(List<Sealed> sent) {
    assertThat(sent).hasSizeLessThanOrEqualTo(present.size() + 1);
    for (Sealed part : sent) {
      assertThat(part.content()).hasSizeLessThan(LONGEST_CONTENT);
      if (part.to() != null) {
        assertThat(present).containsKey(part.to());
      }
    }
  }

  /** Whatever came before, a new chain of a member that is there can be read. */
  void assertThatTheNextMessagesAreRead() {
    present.forEach(
        (id, member) -> {
          SealedRoom room = others.get(OTHERS.indexOf(member));
          room.renew();
          List<Sealed> sent = room.sealForAll("the end");
          assertThat(bob.open(id, sent.get(0).content())).isEqualTo(new Opened.Key());
          assertThat(bob.open(id, sent.get(1).content())).isEqualTo(Party.text("the end"));
          List<Sealed> toBob = room.sealFor(CAST.bob.id, "to bob");
          assertThat(bob.open(id, toBob.get(0).content())).isEqualTo(new Opened.Key());
          assertThat(bob.open(id, toBob.get(1).content()))
              .isEqualTo(new Opened.Text("to bob", Audience.ONE_MEMBER, 0));
        });
  }

  /** Changes one character, or cuts the text there; 0 changes nothing. */
  private static String changed(String text, int place, int change) {
    byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
    if (change == 0xFF) {
      return new String(Arrays.copyOf(bytes, place % bytes.length), StandardCharsets.US_ASCII);
    }
    bytes[place % bytes.length] ^= (byte) (change & 0x7F);
    return new String(bytes, StandardCharsets.US_ASCII);
  }
}
