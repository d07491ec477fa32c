package io.resolute.client.e2ee;

import java.lang.reflect.Array;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.Collection;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;

/** Looks at all bytes that an object of this package reaches, on whatever way. */
final class State {
  private final Set<Object> known = Collections.newSetFromMap(new IdentityHashMap<>());
  private final BiConsumer<String, byte[]> visitor;

  private State(BiConsumer<String, byte[]> visitor) {
    this.visitor = visitor;
  }

  /**
   * Shows all byte arrays.
   *
   * @param visitor told of each the classes and fields on the way to it, and the array itself
   */
  static void visit(Object root, BiConsumer<String, byte[]> visitor) {
    new State(visitor).look("", root);
  }

  private void look(String path, Object at) {
    if (!known.add(at)) {
      return;
    }
    if (at instanceof byte[] bytes) {
      visitor.accept(path, bytes);
    } else if (at instanceof Map<?, ?> map) {
      map.forEach(
          (key, value) -> {
            look(path, key);
            look(path, value);
          });
    } else if (at instanceof Collection<?> collection) {
      collection.forEach(each -> look(path, each));
    } else if (at.getClass().isArray() && !at.getClass().componentType().isPrimitive()) {
      for (int i = 0; i < Array.getLength(at); i++) {
        look(path, Array.get(at, i));
      }
    } else if (at.getClass().getPackage() == State.class.getPackage()) {
      fields(path, at);
    }
  }

  private void fields(String path, Object owner) {
    for (Field field : owner.getClass().getDeclaredFields()) {
      if (Modifier.isStatic(field.getModifiers()) || field.getType().isPrimitive()) {
        continue;
      }
      try {
        field.setAccessible(true);
        Object value = field.get(owner);
        if (value != null) {
          look(path + "/" + owner.getClass().getSimpleName() + "." + field.getName(), value);
        }
      } catch (IllegalAccessException impossible) {
        throw new IllegalStateException(impossible);
      }
    }
  }
}
