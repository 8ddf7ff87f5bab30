package dev.faultline.harness.search;

import dev.faultline.harness.EnvironmentException;
import dev.faultline.harness.run.Trials;
import dev.faultline.harness.run.Trials.Trial;
import dev.faultline.json.Json;
import dev.faultline.json.JsonView;
import dev.faultline.spec.RunSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A replay file: a {@code run.json} that says in {@code expect} what comes of it. {@code
 * docs/replay.md} has the format.
 *
 * @param cause the broken promise
 * @param hash of the history, as {@link Trial#hash()}
 * @param revisions of the code that made it: {@code target} and {@code faultline}
 */
public record Replay(RunSpec spec, Cause cause, long hash, Map<String, String> revisions) {
  /** How names of replay files end. */
  public static final String SUFFIX = ".replay.json";

  public Replay {
    revisions = Map.copyOf(revisions);
  }

  /**
   * What replays an invalid run.
   *
   * @throws IllegalArgumentException if it is not invalid
   */
  public static Replay of(Trial trial) {
    Cause cause = Cause.of(trial.judgement());
    if (cause == null) {
      throw new IllegalArgumentException(
          "run with seed " + trial.spec().seed() + " is " + trial.judgement().status());
    }
    return new Replay(trial.spec(), cause, trial.hash(), Revision.of(trial.spec()));
  }

  /**
   * Writes the replay file of an invalid run into a directory.
   *
   * @return the file, {@code PROPERTY.replay.json}
   * @throws EnvironmentException if it cannot be written
   */
  public static Path write(Trial trial, Path dir) {
    Replay replay = of(trial);
    Path file = dir.resolve(replay.cause.property() + SUFFIX);
    try {
      Files.writeString(file, Json.pretty(replay.toJson()));
    } catch (IOException e) {
      throw new EnvironmentException(file + ": cannot be written (" + e.getMessage() + ")", e);
    }
    return file;
  }

  /**
   * What a run in virtual time showed.
   *
   * @param same whether it is the same, entry by entry
   * @param changed which code is not what it was when the file was written
   */
  public record Shown(Trial trial, boolean again, boolean same, List<String> changed) {}

  /** Runs it in virtual time. */
  public Shown show() {
    Trial trial = Trials.of(spec).run(spec);
    List<String> changed = new ArrayList<>();
    new TreeMap<>(Revision.of(spec))
        .forEach((name, revision) -> {
          String before = revisions.getOrDefault(name, "none");
          if (!before.equals(revision) || revision.equals(Revision.UNKNOWN)) {
            changed.add(name + " was " + before + " and is " + revision);
          }
        });
    return new Shown(
        trial,
        cause.equals(Cause.of(trial.judgement())),
        trial.hash() == hash,
        List.copyOf(changed));
  }

  /** The JSON form. */
  public Map<String, @Nullable Object> toJson() {
    Map<String, @Nullable Object> expect = new LinkedHashMap<>();
    expect.put("property", cause.property());
    expect.put("clause", cause.clause());
    expect.put("historyHash", "%016x".formatted(hash));
    expect.put("revisions", new TreeMap<>(revisions));
    Map<String, @Nullable Object> map = new LinkedHashMap<>(spec.toJson());
    map.put("expect", expect);
    return map;
  }

  /**
   * Reads the JSON form; null for a {@code run.json} that expects nothing.
   *
   * @throws dev.faultline.json.JsonException naming the place and the value
   */
  public static @Nullable Replay fromJson(JsonView view) {
    JsonView expect = view.find("expect");
    if (expect == null) {
      return null;
    }
    JsonView hash = expect.get("historyHash");
    long number;
    try {
      number = Long.parseUnsignedLong(hash.string(), 16);
    } catch (NumberFormatException e) {
      throw hash.error("'" + hash.string() + "' is not a hash of 16 hexadecimal digits");
    }
    return new Replay(
        RunSpec.fromJson(view),
        new Cause(expect.get("property").string(), expect.get("clause").string()),
        number,
        expect.get("revisions").stringMap());
  }
}
