package io.resolute.client;

import io.resolute.client.e2ee.RoomCipher;
import java.lang.reflect.Field;

/** What only a test may look at. */
final class Inside {
  private Inside() {}

  static RoomCipher cipher(ClientRoom room) {
    return (RoomCipher) field(room, "cipher");
  }

  static Connection connection(ResoluteClient client) {
    return (Connection) field(client, "connection");
  }

  /** Returns whether requests of a client wait for answers; for its connection's thread. */
  static boolean isWaiting(Connection connection) {
    return !((Requests) field(connection, "requests")).isEmpty();
  }

  private static Object field(Object owner, String name) {
    try {
      Field field = owner.getClass().getDeclaredField(name);
      field.setAccessible(true);
      return field.get(owner);
    } catch (ReflectiveOperationException renamed) {
      throw new IllegalStateException(renamed);
    }
  }
}
