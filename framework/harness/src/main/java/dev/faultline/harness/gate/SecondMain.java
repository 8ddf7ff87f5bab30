package dev.faultline.harness.gate;

import dev.faultline.json.Json;
import dev.faultline.json.JsonView;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.jspecify.annotations.Nullable;

/**
 * The second JVM: reads an {@link Ask} a line, writes {@link Figures} a line, and ends at once when
 * its input does, whatever it is at.
 */
public final class SecondMain {
  private SecondMain() {}

  /** Takes no arguments. */
  public static void main(String[] args) throws InterruptedException {
    Locale.setDefault(Locale.ROOT);
    PrintStream out = System.out;
    // What a target prints must not come between the answers.
    System.setOut(System.err);
    BlockingQueue<String> asks = new LinkedBlockingQueue<>();
    Thread unused = Thread.ofPlatform().daemon().name("asks").start(() -> listen(asks));
    Performer performer = new Performer();
    while (true) {
      out.println(Json.write(answer(performer, asks.take())));
      out.flush();
    }
  }

  private static void listen(BlockingQueue<String> asks) {
    try (BufferedReader in =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        asks.add(line);
      }
    } catch (IOException broken) {
      // As good as the end of the input.
    }
    Runtime.getRuntime().halt(0);
  }

  private static Map<String, @Nullable Object> answer(Performer performer, String line) {
    try {
      return performer.perform(Ask.fromJson(JsonView.parse("ask", line))).toJson();
    } catch (RuntimeException | StackOverflowError e) {
      Map<String, @Nullable Object> trouble = new LinkedHashMap<>();
      trouble.put("trouble", e.toString());
      return trouble;
    }
  }
}
