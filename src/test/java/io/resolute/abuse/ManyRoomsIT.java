package io.resolute.abuse;

import static org.assertj.core.api.Assertions.assertThat;

import io.resolute.testing.Keys;
import io.resolute.testing.RawClient;
import io.resolute.testing.Room;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Those who make as many rooms, and as many keys, as there may be. */
@Tag("abuse")
class ManyRoomsIT {
  private static final int CLIENTS = 10;
  private static final int ROOMS_EACH = 10_000;
  private static final int KEYS_EACH = 30_000; // More than an attack may leave behind.
  private static final int WORDS = 100;
  private static final String UNHURRIED =
      ",'rates':{'commands':{'rate':'unlimited'},'bytes':{'rate':'unlimited'},"
          + "'errors':{'rate':'unlimited'}}";
  private static final String CREATE =
      "{'name':'a room','username':'somebody','client_room_id':'1','public_key_string':'"
          + Keys.PEM
          + "'}";

  @Test
  void roomsToTheLimitHarmNobodyAndAreForgotten() throws Exception {
    int rooms = CLIENTS * ROOMS_EACH;
    String limits =
        "'limits':{'rooms':%d,'roomsPerConnection':%d}".formatted(rooms + 1, ROOMS_EACH);
    try (Siege siege = Siege.of(limits + UNHURRIED)) {
      int port = siege.server().port();
      List<RawClient> strangers =
          all(
              () -> {
                RawClient stranger = RawClient.connect(port);
                for (int i = 0; i < ROOMS_EACH; i++) {
                  stranger.send("create-room", CREATE);
                }
                for (int i = 0; i < ROOMS_EACH; i++) {
                  stranger.next("create-room");
                }
                return stranger;
              });
      try (RawClient late = RawClient.connect(port)) {
        late.send("create-room", CREATE);
        assertThat(late.next("create-room-error").get("code").asText()).isEqualTo("limit-reached");
      }
      siege.underWay(WORDS);
      strangers.forEach(RawClient::abort);
      siege.over("rooms, by 10 connections", rooms);
      try (RawClient late = RawClient.connect(port)) {
        Room.create(late);
      }
    }
  }

  @Test
  void oneTimeKeysToTheLimitHarmNobodyAndAreForgotten() throws Exception {
    String limits = "'limits':{'oneTimeKeysPerRoom':%d}".formatted(KEYS_EACH);
    try (Siege siege = Siege.of(limits + UNHURRIED)) {
      int port = siege.server().port();
      List<RawClient> strangers =
          all(
              () -> {
                RawClient stranger = RawClient.connect(port);
                Room room = Room.create(stranger);
                for (int i = 0; i < KEYS_EACH; i++) {
                  stranger.send("room-key-onetime", room.inRoom());
                }
                for (int i = 0; i < KEYS_EACH; i++) {
                  stranger.next("room-key-onetime");
                }
                stranger.send("room-key-onetime", room.inRoom());
                assertThat(stranger.next("room-key-onetime-error").get("code").asText())
                    .isEqualTo("limit-reached");
                return stranger;
              });
      siege.underWay(WORDS);
      strangers.forEach(RawClient::abort);
      siege.over("one-time keys of 10 rooms", CLIENTS * KEYS_EACH);
    }
  }

  private static List<RawClient> all(Callable<RawClient> stranger) throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(CLIENTS);
    try {
      List<Callable<RawClient>> each = new ArrayList<>();
      for (int i = 0; i < CLIENTS; i++) {
        each.add(stranger);
      }
      List<RawClient> done = new ArrayList<>();
      for (Future<RawClient> one : threads.invokeAll(each)) {
        done.add(one.get());
      }
      return done;
    } finally {
      threads.shutdown();
    }
  }
}
