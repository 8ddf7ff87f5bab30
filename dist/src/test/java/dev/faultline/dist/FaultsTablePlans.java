package dev.faultline.dist;

import java.util.LinkedHashMap;
import java.util.Map;

/** Each kind with its moment, on links and nodes that no other has then; a kind and a fault. */
final class FaultsTablePlans {
  /** What a name begins with, and the class of target that it is of; the first that fits. */
  static final Map<String, String> CLASSES = new LinkedHashMap<>();

  static {
    CLASSES.put("c", "client");
    CLASSES.put("e", "plain image");
    CLASSES.put("r", "image");
    CLASSES.put("n", "kit");
  }

  /** Of kit nodes {@code n1} to {@code n3} and their clients {@code c1} to {@code c3}. */
  static final String KIT =
      """
      link.latency     | {"do":"link","source":"n1","target":"n2","latency":"200ms","from":{"at":"1s"},"for":"3s"}
      link.jitter      | {"do":"link","source":"n2","target":"n3","latency":"100ms","jitter":"80ms","from":{"at":"1s"},"for":"3s"}
      link.bandwidth   | {"do":"link","source":"n3","target":"n1","bandwidth":2,"from":{"at":"1s"},"for":"3s"}
      link.loss        | {"do":"link","source":"n2","target":"n1","loss":20,"from":{"at":"1s"},"for":"3s"}
      link.duplicate   | {"do":"link","source":"n3","target":"n2","duplicate":30,"from":{"at":"1s"},"for":"3s"}
      link.reorder     | {"do":"link","source":"n1","target":"n3","reorder":"60ms","from":{"at":"1s"},"for":"3s"}
      link.latency     | {"do":"link","source":"c1","target":"n2","latency":"200ms","from":{"at":"1s"},"for":"3s"}
      link.jitter      | {"do":"link","source":"c2","target":"n3","latency":"100ms","jitter":"80ms","from":{"at":"1s"},"for":"3s"}
      link.bandwidth   | {"do":"link","source":"c3","target":"n1","bandwidth":2,"from":{"at":"1s"},"for":"3s"}
      link.loss        | {"do":"link","source":"c1","target":"n1","loss":20,"from":{"at":"1s"},"for":"3s"}
      link.duplicate   | {"do":"link","source":"n2","target":"c2","duplicate":50,"from":{"at":"1s"},"for":"3s"}
      link.reorder     | {"do":"link","source":"c3","target":"n3","reorder":"60ms","from":{"at":"1s"},"for":"3s"}
      clock.step       | {"do":"clock","node":"n1","offset":"-2s","from":{"at":"1s"},"for":"2s"}
      clock.rate       | {"do":"clock","node":"n2","drift":"50000ppm","from":{"at":"1s"},"for":"2s"}
      clock.strobe     | {"do":"clock","node":"n3","offset":"1s","strobe":"300ms","from":{"at":"1s"},"for":"2s"}
      disk.slow        | {"do":"disk","node":"n2","slow":"60ms","from":{"at":"1s"},"for":"3s"}
      link.reset       | {"do":"link","source":"n1","target":"n2","reset":true,"from":{"at":"5s"},"for":"3s"}
      link.reset-after | {"do":"link","source":"n2","target":"n3","reset-after":2000,"from":{"at":"5s"},"for":"3s"}
      link.slow-close  | {"do":"link","source":"n3","target":"n1","slow-close":"500ms","from":{"at":"5s"},"for":"3s"}
      link.slice       | {"do":"link","source":"n1","target":"n3","slice":8,"from":{"at":"5s"},"for":"3s"}
      link.corrupt     | {"do":"link","source":"n3","target":"n2","corrupt":20,"from":{"at":"5s"},"for":"3s"}
      link.reset       | {"do":"link","source":"c1","target":"n2","reset":true,"from":{"at":"5s"},"for":"3s"}
      link.reset-after | {"do":"link","source":"c2","target":"n3","reset-after":2000,"from":{"at":"5s"},"for":"3s"}
      link.slow-close  | {"do":"link","source":"c3","target":"n1","slow-close":"500ms","from":{"at":"5s"},"for":"3s"}
      link.slice       | {"do":"link","source":"c1","target":"n3","slice":8,"from":{"at":"5s"},"for":"3s"}
      link.corrupt     | {"do":"link","source":"n1","target":"c1","corrupt":30,"from":{"at":"5s"},"for":"3s"}
      clock.freeze     | {"do":"clock","node":"n1","freeze":true,"from":{"at":"5s"},"for":"2s"}
      disk.stall       | {"do":"disk","node":"n3","stall":true,"from":{"at":"5s"},"for":"2s"}
      disk.full        | {"do":"disk","node":"n2","full":true,"from":{"at":"5s"},"for":"2s"}
      link.hang        | {"do":"link","source":"n1","target":"n2","hang":true,"from":{"at":"9s"},"for":"1500ms"}
      link.hang        | {"do":"link","source":"c1","target":"n2","hang":true,"from":{"at":"9s"},"for":"1500ms"}
      pause            | {"do":"pause","node":"n3","from":{"at":"9s"},"for":"1500ms"}
      pause            | {"do":"pause","node":"c3","from":{"at":"9s"},"for":"1500ms"}
      partition        | {"do":"partition","pairs":[["n2","n1"]],"from":{"at":"9s"},"for":"1500ms"}
      partition        | {"do":"partition","pairs":[["c2","n1"]],"from":{"at":"9s"},"for":"1500ms"}
      kill             | {"do":"kill","node":"n1","from":{"at":"12s"},"for":"500ms"}
      kill             | {"do":"kill","node":"c1","from":{"at":"12s"},"for":"500ms"}
      stop             | {"do":"stop","node":"n2","from":{"at":"12s"},"for":"500ms"}
      stop             | {"do":"stop","node":"c2","from":{"at":"12s"},"for":"500ms"}
      disk.corrupt     | {"do":"disk","node":"n3","corrupt":true,"from":{"at":"12s"},"for":"1s"}
      kill.lose-unsynced | {"do":"kill","node":"n1","disk":"lose-unsynced","from":{"at":"15s"},"for":"300ms"}
      kill.torn        | {"do":"kill","node":"n2","disk":"torn","from":{"at":"15s"},"for":"300ms"}
      kill.wipe        | {"do":"kill","node":"n1","disk":"wipe","from":{"at":"18s"},"for":"300ms"}
      """;

  /** Of servers {@code r1} to {@code r3} with our library. */
  static final String PRELOADED =
      """
      link.latency     | {"do":"link","source":"r1","target":"r2","latency":"200ms","from":{"at":"1s"},"for":"3s"}
      link.jitter      | {"do":"link","source":"r3","target":"r1","latency":"100ms","jitter":"80ms","from":{"at":"1s"},"for":"3s"}
      link.bandwidth   | {"do":"link","source":"r2","target":"r1","bandwidth":2,"from":{"at":"1s"},"for":"3s"}
      clock.step       | {"do":"clock","node":"r1","offset":"-2s","from":{"at":"1s"},"for":"2s"}
      clock.rate       | {"do":"clock","node":"r2","drift":"50000ppm","from":{"at":"1s"},"for":"2s"}
      clock.strobe     | {"do":"clock","node":"r3","offset":"1s","strobe":"300ms","from":{"at":"1s"},"for":"2s"}
      link.reset       | {"do":"link","source":"r1","target":"r2","reset":true,"from":{"at":"5s"},"for":"2s"}
      link.slice       | {"do":"link","source":"r1","target":"r3","slice":8,"from":{"at":"5s"},"for":"2s"}
      link.hang        | {"do":"link","source":"r3","target":"r1","hang":true,"from":{"at":"5s"},"for":"2s"}
      clock.freeze     | {"do":"clock","node":"r2","freeze":true,"from":{"at":"5s"},"for":"2s"}
      partition        | {"do":"partition","pairs":[["r2","r1"]],"from":{"at":"8s"},"for":"1500ms"}
      pause            | {"do":"pause","node":"r3","from":{"at":"8s"},"for":"1s"}
      kill             | {"do":"kill","node":"r3","from":{"at":"10500ms"},"for":"500ms"}
      stop             | {"do":"stop","node":"r2","from":{"at":"10500ms"},"for":"500ms"}
      """;

  /** Of servers {@code e1} to {@code e3} without it. */
  static final String PLAIN =
      """
      link.latency     | {"do":"link","source":"e1","target":"e2","latency":"200ms","from":{"at":"1s"},"for":"3s"}
      link.jitter      | {"do":"link","source":"e3","target":"e1","latency":"100ms","jitter":"80ms","from":{"at":"1s"},"for":"3s"}
      link.bandwidth   | {"do":"link","source":"e2","target":"e1","bandwidth":2,"from":{"at":"1s"},"for":"3s"}
      link.reset       | {"do":"link","source":"e1","target":"e2","reset":true,"from":{"at":"5s"},"for":"2s"}
      link.slice       | {"do":"link","source":"e1","target":"e3","slice":8,"from":{"at":"5s"},"for":"2s"}
      link.hang        | {"do":"link","source":"e3","target":"e1","hang":true,"from":{"at":"5s"},"for":"2s"}
      partition        | {"do":"partition","pairs":[["e2","e1"]],"from":{"at":"8s"},"for":"1500ms"}
      pause            | {"do":"pause","node":"e3","from":{"at":"8s"},"for":"1s"}
      kill             | {"do":"kill","node":"e3","from":{"at":"10500ms"},"for":"500ms"}
      stop             | {"do":"stop","node":"e2","from":{"at":"10500ms"},"for":"500ms"}
      """;

  private FaultsTablePlans() {}
}
