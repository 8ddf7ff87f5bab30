package dev.faultline.reports;

import dev.faultline.checker.Witness;
import dev.faultline.harness.judge.Judgement.FaultRecord;
import java.util.ArrayList;
import java.util.List;

/** A witness as lines: time, lane, what, and why a line decides. Time runs downwards. */
final class WitnessLines {
  private static final int BAR = 30;
  private static final int LANE_MAX = 16;

  private record Line(long time, String lane, String text, String remark, TextPage.Ink ink) {}

  private WitnessLines() {}

  static void write(TextPage page, Story story) {
    List<Line> lines = lines(story);
    int time = 8;
    int lane = 2;
    for (Line l : lines) {
      time = Math.max(time, Words.stamp(l.time).length() + 1);
      lane = Math.max(lane, Math.min(LANE_MAX, l.lane.length()));
    }
    int before = time + 2 + lane + 2;
    int room = Math.max(20, page.width() - before);
    int text =
        lines.stream()
            .filter(l -> !l.remark.isEmpty())
            .mapToInt(
                l -> l.text.length() + 2 + l.remark.length() <= room - 2 ? l.text.length() : 0)
            .max()
            .orElse(0);
    if (story.omittedSteps() > 0) {
      page.line(
          "  (" + Words.counted(story.omittedSteps(), "step") + " left out; verdict.json has all)");
    }
    for (Line l : lines) {
      one(page, l, time, lane, text, room);
    }
    if (story.omittedFaults() > 0) {
      page.line("  (" + Words.counted(story.omittedFaults(), "other fault") + " active as well)");
    }
  }

  private static void one(TextPage page, Line l, int time, int lane, int text, int room) {
    String stamp = Words.stamp(l.time);
    String lead =
        " ".repeat(time - stamp.length()) + stamp + "  " + TextPage.pad(l.lane, lane) + "  ";
    String indent = " ".repeat(lead.length());
    List<String> parts = TextPage.wrap(l.text, Math.max(text, room));
    String mark = l.remark.isEmpty() ? "" : "◄ " + l.remark;
    for (int i = 0; i < parts.size(); i++) {
      boolean last = i == parts.size() - 1;
      String part = page.paint(parts.get(i), l.ink);
      int padded = Math.max(text, parts.get(i).length()) + 2;
      if (last && !mark.isEmpty() && padded + mark.length() <= room) {
        part += " ".repeat(padded - parts.get(i).length()) + page.paint(mark, TextPage.Ink.REMARK);
        mark = "";
      }
      page.line((i == 0 ? lead : indent) + part);
    }
    if (!mark.isEmpty()) {
      TextPage.wrap(mark, room)
          .forEach(m -> page.line(indent + page.paint(m, TextPage.Ink.REMARK)));
    }
  }

  private static List<Line> lines(Story story) {
    List<Line> lines = new ArrayList<>();
    List<Line> late = new ArrayList<>();
    for (Witness.Step step : story.steps()) {
      String remark = step.remark() == null ? "" : Escape.terminal(step.remark());
      boolean toldAtEnd = !remark.isEmpty() && story.outlasted(step);
      String since = toldAtEnd ? " (since " + Words.stamp(step.time()) + ")" : "";
      (toldAtEnd ? late : lines)
          .add(
              new Line(
                  toldAtEnd ? step.until() : step.time(),
                  Escape.terminal(step.lane()),
                  Escape.terminal(step.text()) + since,
                  remark,
                  TextPage.Ink.PLAIN));
    }
    late.forEach(line -> insert(lines, line));
    int widest = story.faults().stream().mapToInt(f -> Words.deed(f).length()).max().orElse(0);
    for (FaultRecord fault : story.faults()) {
      String deed = Escape.terminal(Words.deed(fault));
      insert(
          lines,
          new Line(
              fault.start(),
              fault.id(),
              TextPage.pad(deed, Math.min(40, widest)) + "  " + bar(story, fault),
              "",
              TextPage.Ink.FAULT));
      if (fault.end() >= 0 && fault.end() <= story.to()) {
        insert(lines, new Line(fault.end(), fault.id(), deed + " ends", "", TextPage.Ink.FAULT));
      }
    }
    return lines;
  }

  /** The steps keep their order; a fault goes before the first step that came later. */
  private static void insert(List<Line> lines, Line line) {
    int at = 0;
    while (at < lines.size() && lines.get(at).time < line.time) {
      at++;
    }
    lines.add(at, line);
  }

  /** The witness's time from left to right, with the fault's part of it filled. */
  private static String bar(Story story, FaultRecord fault) {
    double span = Math.max(1, story.to() - story.from());
    long end = fault.end() < 0 ? story.to() : fault.end();
    int first = Math.min(BAR - 1, column((fault.start() - story.from()) / span));
    int last = Math.max(first + 1, column((end - story.from()) / span));
    return "·".repeat(first) + "▒".repeat(last - first) + "·".repeat(BAR - last);
  }

  private static int column(double share) {
    return (int) Math.round(Math.max(0, Math.min(1, share)) * BAR);
  }
}
