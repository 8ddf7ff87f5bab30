package dev.faultline.blocking.agent;

import dev.faultline.blocking.agent.Redirect.Member;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * One class file, in which references of the constant pool are made to name something else (JVM
 * specification §4.4). New constants go to the end of the pool, so that no index changes. Where an
 * instance call must become a static one, its opcode is changed too, which takes as many bytes.
 */
final class ClassPatch {
  private static final int FIELD = 9;
  private static final int METHOD = 10;
  private static final int INTERFACE_METHOD = 11;
  private static final byte INVOKEVIRTUAL = (byte) 0xb6;
  private static final byte INVOKESPECIAL = (byte) 0xb7;
  private static final byte INVOKESTATIC = (byte) 0xb8;

  private final byte[] bytes;
  private final ByteBuffer view;
  private final int[] at;
  private final int poolEnd;
  private final List<byte[]> added = new ArrayList<>();
  private final Set<Redirect> done = new LinkedHashSet<>();

  ClassPatch(byte[] classFile) {
    bytes = classFile.clone();
    view = ByteBuffer.wrap(bytes);
    at = new int[view.getShort(8) & 0xffff];
    int place = 10;
    for (int i = 1; i < at.length; i++) {
      at[i] = place;
      int tag = bytes[place];
      place += size(tag, place);
      if (tag == 5 || tag == 6) {
        i++; // a long or double takes two
      }
    }
    poolEnd = place;
  }

  /** The redirects that found something to change. */
  Set<Redirect> done() {
    return done;
  }

  /** Applies them; the new class file, or the same bytes if {@link #done} stays empty. */
  byte[] apply(String className, List<Redirect> redirects) {
    for (Redirect redirect : redirects) {
      if (redirect.appliesTo(className)) {
        for (int i = 1; i < at.length; i++) {
          if (names(i, redirect.member())) {
            change(i, redirect);
          }
        }
      }
    }
    if (done.isEmpty()) {
      return bytes;
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream(bytes.length + 256);
    view.putShort(8, (short) (at.length + added.size()));
    out.write(bytes, 0, poolEnd);
    added.forEach(constant -> out.write(constant, 0, constant.length));
    out.write(bytes, poolEnd, bytes.length - poolEnd);
    return out.toByteArray();
  }

  private void change(int index, Redirect redirect) {
    Member instead = redirect.instead();
    int owner = add(7, add(instead.owner()));
    int nameAndType = add(12, add(instead.name()), add(instead.descriptor()));
    if (redirect.call()) {
      int method = add(METHOD, owner, nameAndType);
      if (changeCalls(index, method) == 0) {
        return;
      }
    } else {
      view.putShort(at[index] + 1, (short) owner);
      view.putShort(at[index] + 3, (short) nameAndType);
    }
    done.add(redirect);
  }

  /**
   * Three bytes are taken for a call where they stand. That they stand there by chance is very
   * unlikely, and the self-test of the machinery runs what was changed.
   */
  private int changeCalls(int from, int to) {
    int calls = 0;
    for (int i = poolEnd; i + 2 < bytes.length; i++) {
      if ((bytes[i] == INVOKEVIRTUAL || bytes[i] == INVOKESPECIAL)
          && (view.getShort(i + 1) & 0xffff) == from) {
        bytes[i] = INVOKESTATIC;
        view.putShort(i + 1, (short) to);
        calls++;
      }
    }
    return calls;
  }

  private boolean names(int index, Member member) {
    if (at[index] == 0) {
      return false;
    }
    int tag = bytes[at[index]];
    if (tag != FIELD && tag != METHOD && tag != INTERFACE_METHOD) {
      return false;
    }
    if (index(at[index] + 3) >= at.length) {
      return false; // was changed already
    }
    int nameAndType = at[index(at[index] + 3)];
    return is(index(nameAndType + 1), member.name())
        && is(index(nameAndType + 3), member.descriptor())
        && is(index(at[index(at[index] + 1)] + 1), member.owner());
  }

  /** Whether a text of the pool is this one, which is of ASCII. */
  private boolean is(int index, String text) {
    int place = at[index];
    if (index(place + 1) != text.length()) {
      return false;
    }
    for (int i = 0; i < text.length(); i++) {
      if (bytes[place + 3 + i] != text.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  private int index(int place) {
    return view.getShort(place) & 0xffff;
  }

  private int add(String text) {
    byte[] utf8 = text.getBytes(StandardCharsets.US_ASCII);
    return add(
        ByteBuffer.allocate(3 + utf8.length)
            .put((byte) 1)
            .putShort((short) utf8.length)
            .put(utf8)
            .array());
  }

  private int add(int tag, int... indices) {
    ByteBuffer constant = ByteBuffer.allocate(1 + 2 * indices.length).put((byte) tag);
    for (int index : indices) {
      constant.putShort((short) index);
    }
    return add(constant.array());
  }

  private int add(byte[] constant) {
    added.add(constant);
    return at.length + added.size() - 1;
  }

  private int size(int tag, int place) {
    return switch (tag) {
      case 1 -> 3 + index(place + 1);
      case 3, 4, FIELD, METHOD, INTERFACE_METHOD, 12, 17, 18 -> 5;
      case 5, 6 -> 9;
      case 7, 8, 16, 19, 20 -> 3;
      case 15 -> 4;
      default -> throw new IllegalArgumentException("constant pool tag " + tag);
    };
  }
}
