package dev.faultline.blocking.kernel;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/** What simulated code prints: not shown, but its lines count for whether two runs are the same. */
final class Output extends OutputStream {
  private final Universe universe;
  private final String stream;
  private final ByteArrayOutputStream line = new ByteArrayOutputStream();

  private Output(Universe universe, String stream) {
    this.universe = universe;
    this.stream = stream;
  }

  /** Takes the standard streams over, until the next universe does. */
  static void of(Universe universe) {
    System.setOut(stream(new Output(universe, "prints ")));
    System.setErr(stream(new Output(universe, "prints as an error ")));
  }

  private static PrintStream stream(Output output) {
    return new PrintStream(output, true, StandardCharsets.UTF_8);
  }

  @Override
  public void write(int one) {
    if (one == '\n') {
      universe.note(stream + line.toString(StandardCharsets.UTF_8));
      line.reset();
    } else {
      line.write(one);
    }
  }
}
