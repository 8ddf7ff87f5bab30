package dev.faultline.dist;

import static org.assertj.core.api.Assertions.assertThat;

import dev.faultline.harness.Environment;
import dev.faultline.harness.run.Catalog;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Runs last in {@code mvn verify} and says what this build did not do. It is no test of anything;
 * it fails only where what was skipped was required.
 */
class WhatWasSkipped {
  private static final int FORMATTER_JAVA = 21;

  @Test
  void sayIt() {
    List<String> skipped = new ArrayList<>();
    String java = System.getProperty("faultline.mavenJava", "unknown");
    if (major(java) < FORMATTER_JAVA) {
      skipped.add(
          "the format check: Maven runs on Java " + java + "; set JAVA_HOME to a JDK 21 or newer");
    }
    for (Environment environment : Catalog.environments()) {
      String why = environment.unavailable();
      if (why != null) {
        skipped.add("tests in '" + environment.id() + "': " + why);
      }
    }
    System.out.println();
    if (skipped.isEmpty()) {
      System.out.println("faultline: nothing was skipped.");
    }
    skipped.forEach(what -> System.out.println("faultline: SKIPPED " + what));
    if (Boolean.getBoolean("faultline.requireDocker")) {
      assertThat(skipped).noneMatch(what -> what.startsWith("tests in"));
    }
  }

  private static int major(String version) {
    String first = version.split("[^0-9]", 2)[0];
    return first.isEmpty() ? 0 : Integer.parseInt(first);
  }
}
