package dev.faultline.local;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Why a process ended, for people: its exit, and what its log says last. */
final class LogTail {
  private static final int TAIL_BYTES = 16 << 10;
  private static final int SIGNAL_BASE = 128;
  private static final Pattern THROWN =
      Pattern.compile(
          "(?m)^(?:Exception in thread \"[^\"]*\" )?([\\w.$]+(?:Exception|Error)\\b.*)$");

  private LogTail() {}

  /**
   * @param from where the log of this incarnation begins
   */
  static String why(int exit, Path log, long from) {
    String how = exit > SIGNAL_BASE ? "signal " + (exit - SIGNAL_BASE) : "exit code " + exit;
    String said = thrown(log, from);
    return said.isEmpty() ? how : how + ": " + said;
  }

  /** The last exception's own line; empty if there is none. */
  private static String thrown(Path log, long start) {
    try (RandomAccessFile file = new RandomAccessFile(log.toFile(), "r")) {
      long from = Math.min(file.length(), Math.max(start, file.length() - TAIL_BYTES));
      byte[] tail = new byte[(int) (file.length() - from)];
      file.seek(from);
      file.readFully(tail);
      Matcher line = THROWN.matcher(new String(tail, StandardCharsets.UTF_8));
      String last = "";
      while (line.find()) {
        last = line.group(1).strip();
      }
      return last;
    } catch (IOException unreadable) {
      return "";
    }
  }
}
