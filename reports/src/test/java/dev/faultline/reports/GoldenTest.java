package dev.faultline.reports;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.faultline.harness.Report;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Each report of each sample, against the file in {@code golden/}. After an understood change:
 * {@code mvn test -pl reports -Dgolden.update=true}, and read the diff.
 */
class GoldenTest {
  private static final Path GOLDEN = Path.of("src/test/resources/golden");

  static Stream<Arguments> cases() {
    return Samples.all().entrySet().stream()
        .flatMap(sample ->
            Stream.of(
                    new TextReport(),
                    new HtmlReport(),
                    new VerdictReport(),
                    new JUnitReport(),
                    new CaseStudyReport())
                .map(report -> Arguments.of(sample.getKey(), report.id(), report)));
  }

  @ParameterizedTest(name = "{0} {1}")
  @MethodSource("cases")
  void readsAsInTheGoldenFile(String sample, String id, Report report) throws IOException {
    String text = write(report, sample);
    Path file = GOLDEN.resolve(sample + "." + report.fileName());
    if (Boolean.getBoolean("golden.update")) {
      Files.createDirectories(GOLDEN);
      Files.writeString(file, text);
    }
    assertThat(text).isEqualTo(Files.readString(file));
    assertThat(write(report, sample)).as("same input, same bytes").isEqualTo(text);
  }

  private static String write(Report report, String sample) throws IOException {
    StringWriter out = new StringWriter();
    Report.Input input = requireNonNull(Samples.all().get(sample));
    report.write(input, out);
    String text = out.toString();
    // Style and script are files of their own; repeating them in each golden file hides the page.
    return report instanceof HtmlReport
        ? text.substring(text.indexOf("<body>"), text.indexOf("<script>"))
        : text;
  }
}
