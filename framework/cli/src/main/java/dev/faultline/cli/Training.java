package dev.faultline.cli;

import dev.faultline.cli.bench.Samples;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * What the launcher has Java go through once after a build, so that commands start with classes
 * that are linked and with what was learned of the methods that run most (JEP 483, JEP 515). No
 * command: nobody needs to know of it.
 */
public final class Training {
  private static final int OPERATIONS = 200_000;

  private Training() {}

  /** Goes through commands that ask nothing of the machine, in an empty folder that is given. */
  public static void main(String[] args) throws IOException {
    Path folder = Files.createDirectories(Path.of(args[0]));
    List<String> check = new ArrayList<>(List.of("check"));
    Samples.write(folder, OPERATIONS).forEach(file -> check.add(file.toString()));
    Terminal terminal = Terminal.system();
    for (String[] command :
        List.of(new String[] {"list"}, new String[] {"--help"}, check.toArray(String[]::new))) {
      int unused = Main.run(terminal, command);
    }
    terminal.flush();
  }
}
