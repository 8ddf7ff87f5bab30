package dev.faultline.containers;

import dev.faultline.harness.Deployment.Image;
import dev.faultline.harness.Deployment.LogEvent;
import dev.faultline.harness.Environment.NodeEvents;
import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A real system's node, known by what it logs. */
final class ImageLife implements Life {
  private final String node;
  private final NodeEvents events;
  private final Pattern ready;
  private final List<Watched> watched;
  private final CompletableFuture<Void> up = new CompletableFuture<>();
  private int incarnation = 1;
  private long seq;

  private record Watched(Pattern pattern, LogEvent event) {}

  ImageLife(String node, Image image, NodeEvents events) {
    this.node = node;
    this.events = events;
    this.ready = Pattern.compile(image.ready());
    if (image.ready().isEmpty()) {
      up.complete(null);
    }
    this.watched =
        image.logEvents().stream()
            .map(event -> new Watched(Pattern.compile(event.pattern()), event))
            .toList();
  }

  @Override
  public synchronized void prepare(int next) {
    incarnation = next;
    seq = 0;
  }

  @Override
  public void running(long pid) {
    event("started", Map.of("pid", pid));
  }

  /** A node that was started again is up when it runs: it may need others that are cut off. */
  @Override
  public void started(int of, Duration within) throws IOException {
    if (of > 1) {
      return;
    }
    try {
      up.get(within.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      throw new IOException(
          "no line with '%s' in its log within %d s".formatted(ready, within.toSeconds()), e);
    } catch (ExecutionException e) {
      throw new IOException(String.valueOf(e.getCause()), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }

  @Override
  public void begin(Duration within) {}

  @Override
  public void line(String line) {
    for (Watched watch : watched) {
      Matcher matcher = watch.pattern.matcher(line);
      if (matcher.find()) {
        Map<String, @Nullable Object> facts = new LinkedHashMap<>();
        for (String name : watch.event.facts()) {
          facts.put(name, fact(matcher.group(name)));
        }
        event(watch.event.event(), facts);
      }
    }
    if (!up.isDone() && ready.matcher(line).find()) {
      up.complete(null);
    }
  }

  private static @Nullable Object fact(@Nullable String text) {
    return text != null && text.matches("-?\\d{1,18}") ? (Object) Long.valueOf(text) : text;
  }

  @Override
  public void died(String why) {
    up.completeExceptionally(new IOException(why));
    event("crashed", Map.of("why", why));
  }

  @Override
  public void close() {}

  private synchronized void event(String name, Map<String, @Nullable Object> facts) {
    seq++;
    events.event(node, incarnation, seq, name, facts);
  }
}
