package dev.faultline.cli;

import dev.faultline.harness.EnvironmentException;
import dev.faultline.json.Durations;
import dev.faultline.json.JsonView;
import dev.faultline.spec.FaultPlan;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Values of options, read with errors that say what was wanted. */
final class Values {
  private Values() {}

  static Duration duration(String text) {
    try {
      return Durations.parse(text);
    } catch (IllegalArgumentException e) {
      throw new TypeConversionException(String.valueOf(e.getMessage()));
    }
  }

  /** Sizes such as {@code 512m}, {@code 2g} or a number of bytes. */
  static final class Bytes implements ITypeConverter<Long> {
    private static final Pattern SIZE = Pattern.compile("(\\d{1,9})\\s*([kmg]?)b?");

    @Override
    public Long convert(String text) {
      Matcher m = SIZE.matcher(text.toLowerCase(Locale.ROOT).strip());
      if (!m.matches()) {
        throw new TypeConversionException(text + ": want a size such as 512m or 2g");
      }
      int shift = "kmg".indexOf(String.valueOf(m.group(2))) + 1;
      boolean plain = String.valueOf(m.group(2)).isEmpty();
      return Long.parseLong(String.valueOf(m.group(1))) << (plain ? 0 : 10 * shift);
    }
  }

  /**
   * The text of a file that a person named.
   *
   * @throws EnvironmentException naming the file
   */
  static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (NoSuchFileException e) {
      throw new EnvironmentException(file + ": there is no such file", e);
    } catch (IOException e) {
      throw new EnvironmentException(file + ": cannot be read (" + reason(e) + ")", e);
    }
  }

  /** The fault plan in a file; a {@code faults.json} or {@code run.json} of a run is one too. */
  static FaultPlan plan(Path file) {
    return FaultPlan.fromJson(JsonView.parse(file.toString(), text(file)));
  }

  private static String reason(IOException e) {
    String message = e.getMessage();
    return e.getClass().getSimpleName() + (message == null ? "" : ": " + message);
  }
}
